PRAGMA application_id=1398034258;
PRAGMA user_version=2;
BEGIN TRANSACTION;
CREATE TABLE claims (job TEXT PRIMARY KEY, owner TEXT NOT NULL, at TEXT NOT NULL);
INSERT INTO "claims" VALUES('dff4c79bb9f3fc5e920eb3b0c6cd20986f9469bcc064fc997fe88e20470b2d6c','d991c92314a54755b022813c6eb4bd61','2026-11-28T16:26:35.489287+00:00');
CREATE TABLE events (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  at TEXT NOT NULL,
  attempt TEXT NOT NULL,
  job TEXT NOT NULL,
  kind TEXT NOT NULL,
  data TEXT NOT NULL
);
INSERT INTO "events" VALUES(1,'2026-11-28T16:26:35.187983+00:00','803dcf8ac2794faab682b9440bf48495','a8e76ae44c076027198b79633ca5ccae7aef0d1521718bb11069480fa90b18ef','intended','{"id":"one/a..d","endpoint":"fal-ai/kling-video/v3/turbo/pro/text-to-video","body":"{\"multi_prompt\":[{\"prompt\":\"A lamp is lit.\",\"duration\":\"3\"},{\"prompt\":\"A moth comes.\",\"duration\":\"3\"},{\"prompt\":\"It circles.\",\"duration\":\"3\"},{\"prompt\":\"The lamp goes out.\",\"duration\":\"3\"}],\"duration\":\"12\",\"aspect_ratio\":\"16:9\"}","asked":"{\"multi_prompt\":[{\"prompt\":\"A lamp is lit.\",\"duration\":\"3\"},{\"prompt\":\"A moth comes.\",\"duration\":\"3\"},{\"prompt\":\"It circles.\",\"duration\":\"3\"},{\"prompt\":\"The lamp goes out.\",\"duration\":\"3\"}],\"duration\":\"12\",\"aspect_ratio\":\"16:9\"}","cost":"1.68","seconds":12,"shots":["one/a","one/b","one/c","one/d"],"films":["lamp"],"provider":"fake","used":["3","3","3","3"]}');
INSERT INTO "events" VALUES(2,'2026-11-28T16:26:35.187983+00:00','058b6f4dbb9f46c3acb73c2a1117ede7','d13a2944f23036cf5556719eecbcd352d071b26a1abec7c59fe98693bf521551','intended','{"id":"two/e#1","endpoint":"fal-ai/kling-video/v3/turbo/pro/text-to-video","body":"{\"prompt\":\"Dawn.\",\"duration\":\"5\",\"aspect_ratio\":\"16:9\"}","asked":"{\"prompt\":\"Dawn.\",\"duration\":\"5\",\"aspect_ratio\":\"16:9\"}","cost":"0.70","seconds":5,"shots":["two/e"],"films":["lamp"],"provider":"fake","used":["5"]}');
INSERT INTO "events" VALUES(3,'2026-11-28T16:26:35.187983+00:00','839e212f2dfd4579ab7b438424a1c383','08d173208e1668fa4aa9190e783c255e3b81f873c5e41aa3afc7a4538f69c2f9','intended','{"id":"two/e#2","endpoint":"fal-ai/kling-video/v3/turbo/pro/text-to-video","body":"{\"prompt\":\"Dawn.\",\"duration\":\"5\",\"aspect_ratio\":\"16:9\"}","asked":"{\"prompt\":\"Dawn.\",\"duration\":\"5\",\"aspect_ratio\":\"16:9\"}","cost":"0.70","seconds":5,"shots":["two/e"],"films":["lamp"],"provider":"fake","used":["5"]}');
INSERT INTO "events" VALUES(4,'2026-11-28T16:26:35.187983+00:00','803dcf8ac2794faab682b9440bf48495','a8e76ae44c076027198b79633ca5ccae7aef0d1521718bb11069480fa90b18ef','accepted','{"request":"r1","provider":"fake","addresses":{"status":"q/r1/status","result":"q/r1","cancel":"q/r1/cancel"}}');
INSERT INTO "events" VALUES(5,'2026-11-28T16:26:35.187983+00:00','058b6f4dbb9f46c3acb73c2a1117ede7','d13a2944f23036cf5556719eecbcd352d071b26a1abec7c59fe98693bf521551','accepted','{"request":"r2","provider":"fake","addresses":{"status":"q/r2/status","result":"q/r2","cancel":"q/r2/cancel"}}');
INSERT INTO "events" VALUES(6,'2026-11-28T16:26:35.187983+00:00','839e212f2dfd4579ab7b438424a1c383','08d173208e1668fa4aa9190e783c255e3b81f873c5e41aa3afc7a4538f69c2f9','accepted','{"request":"r3","provider":"fake","addresses":{"status":"q/r3/status","result":"q/r3","cancel":"q/r3/cancel"}}');
INSERT INTO "events" VALUES(7,'2026-11-28T16:26:35.937983+00:00','803dcf8ac2794faab682b9440bf48495','a8e76ae44c076027198b79633ca5ccae7aef0d1521718bb11069480fa90b18ef','finished','{"url":"https://media.test/r1","units":"12"}');
INSERT INTO "events" VALUES(8,'2026-11-28T16:26:35.937983+00:00','058b6f4dbb9f46c3acb73c2a1117ede7','d13a2944f23036cf5556719eecbcd352d071b26a1abec7c59fe98693bf521551','finished','{"url":"https://media.test/r2","units":"5"}');
INSERT INTO "events" VALUES(9,'2026-11-28T16:26:35.937983+00:00','839e212f2dfd4579ab7b438424a1c383','08d173208e1668fa4aa9190e783c255e3b81f873c5e41aa3afc7a4538f69c2f9','finished','{"url":"https://media.test/r3","units":"5"}');
INSERT INTO "events" VALUES(10,'2026-11-28T16:26:35.937983+00:00','839e212f2dfd4579ab7b438424a1c383','08d173208e1668fa4aa9190e783c255e3b81f873c5e41aa3afc7a4538f69c2f9','stored','{"clip":{"digest":"38fee78defddaecc0ec0cd32a61e164bd70e5d9e4fe71dfa6bb6c9a44033d5aa","suffix":".mp4","size":12,"facts":{"container":"mp4","width":1280,"height":720,"fps":"24","duration":"5","video_codec":"h264","audio_codec":null}}}');
INSERT INTO "events" VALUES(11,'2026-11-28T16:26:35.937983+00:00','803dcf8ac2794faab682b9440bf48495','a8e76ae44c076027198b79633ca5ccae7aef0d1521718bb11069480fa90b18ef','stored','{"clip":{"digest":"0a17887e3566415927ffb297f17a167c0b356dfe9d37866df07196557b9a4ffd","suffix":".mp4","size":13,"facts":{"container":"mp4","width":1280,"height":720,"fps":"24","duration":"12","video_codec":"h264","audio_codec":null}}}');
INSERT INTO "events" VALUES(12,'2026-11-28T16:26:35.937983+00:00','058b6f4dbb9f46c3acb73c2a1117ede7','d13a2944f23036cf5556719eecbcd352d071b26a1abec7c59fe98693bf521551','stored','{"clip":{"digest":"b0d05f9058fd233ab2b1483efbdc40320bbebc84aca7e6637606e9b67e261aa6","suffix":".mp4","size":12,"facts":{"container":"mp4","width":1280,"height":720,"fps":"24","duration":"5","video_codec":"h264","audio_codec":null}}}');
INSERT INTO "events" VALUES(13,'2026-11-28T16:26:35.362724+00:00','161cfcafebde44dab3fe160ef9257c2c','d90e6ba482032cb6966cb452276f19ec21a26de2ab75e3b8015dd2a794660d7a','intended','{"id":"one/c..d","endpoint":"fal-ai/kling-video/v3/turbo/pro/text-to-video","body":"{\"multi_prompt\":[{\"prompt\":\"It circles.\",\"duration\":\"3\"},{\"prompt\":\"The lamp goes out.\",\"duration\":\"3\"}],\"duration\":\"6\",\"aspect_ratio\":\"16:9\"}","asked":"{\"multi_prompt\":[{\"prompt\":\"It circles.\",\"duration\":\"3\"},{\"prompt\":\"The lamp goes out.\",\"duration\":\"3\"}],\"duration\":\"6\",\"aspect_ratio\":\"16:9\"}","cost":"0.84","seconds":6,"shots":["one/c","one/d"],"films":["lamp"],"provider":"fake","used":["3","3"]}');
INSERT INTO "events" VALUES(14,'2026-11-28T16:26:35.362724+00:00','a62a0a8ee4894a119d2422d9bdf72f63','3f77de36215f173f0e25d761fa0f0258d68aff83085201815113be5fae8d2f98','intended','{"id":"one/a","endpoint":"fal-ai/kling-video/v3/turbo/pro/text-to-video","body":"{\"prompt\":\"A lamp is lit.\",\"duration\":\"3\",\"aspect_ratio\":\"16:9\"}","asked":"{\"prompt\":\"A lamp is lit.\",\"duration\":\"3\",\"aspect_ratio\":\"16:9\"}","cost":"0.42","seconds":3,"shots":["one/a"],"films":["lamp"],"provider":"fake","used":["3"]}');
INSERT INTO "events" VALUES(15,'2026-11-28T16:26:35.362724+00:00','245d1889ab1249b88b4c1718f973b87c','6a91fbbcd61516b22b625089f2e03c831989ac0445d2aec5e1295b8fa2d1cf58','intended','{"id":"one/b#1","endpoint":"fal-ai/kling-video/v3/turbo/pro/text-to-video","body":"{\"prompt\":\"A moth comes.\",\"duration\":\"3\",\"aspect_ratio\":\"16:9\"}","asked":"{\"prompt\":\"A moth comes.\",\"duration\":\"3\",\"aspect_ratio\":\"16:9\"}","cost":"0.42","seconds":3,"shots":["one/b"],"films":["lamp"],"provider":"fake","used":["3"]}');
INSERT INTO "events" VALUES(16,'2026-11-28T16:26:35.362724+00:00','63ebc7ded8d44c5e8cf56bce744a6f8c','b7490bdc13997aa457dbecf01b17d91dde9dad2fc5841cce9bb3d06b02ca6250','intended','{"id":"one/b#2","endpoint":"fal-ai/kling-video/v3/turbo/pro/text-to-video","body":"{\"prompt\":\"A moth comes.\",\"duration\":\"3\",\"aspect_ratio\":\"16:9\"}","asked":"{\"prompt\":\"A moth comes.\",\"duration\":\"3\",\"aspect_ratio\":\"16:9\"}","cost":"0.42","seconds":3,"shots":["one/b"],"films":["lamp"],"provider":"fake","used":["3"]}');
INSERT INTO "events" VALUES(17,'2026-11-28T16:26:35.362724+00:00','161cfcafebde44dab3fe160ef9257c2c','d90e6ba482032cb6966cb452276f19ec21a26de2ab75e3b8015dd2a794660d7a','accepted','{"request":"r4","provider":"fake","addresses":{"status":"q/r4/status","result":"q/r4","cancel":"q/r4/cancel"}}');
INSERT INTO "events" VALUES(18,'2026-11-28T16:26:35.362724+00:00','a62a0a8ee4894a119d2422d9bdf72f63','3f77de36215f173f0e25d761fa0f0258d68aff83085201815113be5fae8d2f98','accepted','{"request":"r5","provider":"fake","addresses":{"status":"q/r5/status","result":"q/r5","cancel":"q/r5/cancel"}}');
INSERT INTO "events" VALUES(19,'2026-11-28T16:26:35.362724+00:00','245d1889ab1249b88b4c1718f973b87c','6a91fbbcd61516b22b625089f2e03c831989ac0445d2aec5e1295b8fa2d1cf58','accepted','{"request":"r6","provider":"fake","addresses":{"status":"q/r6/status","result":"q/r6","cancel":"q/r6/cancel"}}');
INSERT INTO "events" VALUES(20,'2026-11-28T16:26:35.362724+00:00','63ebc7ded8d44c5e8cf56bce744a6f8c','b7490bdc13997aa457dbecf01b17d91dde9dad2fc5841cce9bb3d06b02ca6250','accepted','{"request":"r7","provider":"fake","addresses":{"status":"q/r7/status","result":"q/r7","cancel":"q/r7/cancel"}}');
INSERT INTO "events" VALUES(21,'2026-11-28T16:26:36.112724+00:00','161cfcafebde44dab3fe160ef9257c2c','d90e6ba482032cb6966cb452276f19ec21a26de2ab75e3b8015dd2a794660d7a','finished','{"url":"https://media.test/r4","units":"6"}');
INSERT INTO "events" VALUES(22,'2026-11-28T16:26:36.112724+00:00','a62a0a8ee4894a119d2422d9bdf72f63','3f77de36215f173f0e25d761fa0f0258d68aff83085201815113be5fae8d2f98','finished','{"url":"https://media.test/r5","units":"3"}');
INSERT INTO "events" VALUES(23,'2026-11-28T16:26:36.112724+00:00','245d1889ab1249b88b4c1718f973b87c','6a91fbbcd61516b22b625089f2e03c831989ac0445d2aec5e1295b8fa2d1cf58','finished','{"url":"https://media.test/r6","units":"3"}');
INSERT INTO "events" VALUES(24,'2026-11-28T16:26:36.112724+00:00','63ebc7ded8d44c5e8cf56bce744a6f8c','b7490bdc13997aa457dbecf01b17d91dde9dad2fc5841cce9bb3d06b02ca6250','finished','{"url":"https://media.test/r7","units":"3"}');
INSERT INTO "events" VALUES(25,'2026-11-28T16:26:36.112724+00:00','a62a0a8ee4894a119d2422d9bdf72f63','3f77de36215f173f0e25d761fa0f0258d68aff83085201815113be5fae8d2f98','stored','{"clip":{"digest":"2884f9c611d3a6035bf8fc83b4e4ab07c79f8ca5067a51711c148acd21339795","suffix":".mp4","size":12,"facts":{"container":"mp4","width":1280,"height":720,"fps":"24","duration":"3","video_codec":"h264","audio_codec":null}}}');
INSERT INTO "events" VALUES(26,'2026-11-28T16:26:36.112724+00:00','161cfcafebde44dab3fe160ef9257c2c','d90e6ba482032cb6966cb452276f19ec21a26de2ab75e3b8015dd2a794660d7a','stored','{"clip":{"digest":"37c9380e00b634ae1c3b41fddb7e33fa52c0456e2eafe5c3c6de0f33da9dd44f","suffix":".mp4","size":12,"facts":{"container":"mp4","width":1280,"height":720,"fps":"24","duration":"6","video_codec":"h264","audio_codec":null}}}');
INSERT INTO "events" VALUES(27,'2026-11-28T16:26:36.112724+00:00','63ebc7ded8d44c5e8cf56bce744a6f8c','b7490bdc13997aa457dbecf01b17d91dde9dad2fc5841cce9bb3d06b02ca6250','stored','{"clip":{"digest":"2283109ef342661f7870094c8160ec5c12550cf8dd67882a5ebbb7f19735b19b","suffix":".mp4","size":12,"facts":{"container":"mp4","width":1280,"height":720,"fps":"24","duration":"3","video_codec":"h264","audio_codec":null}}}');
INSERT INTO "events" VALUES(28,'2026-11-28T16:26:36.112724+00:00','245d1889ab1249b88b4c1718f973b87c','6a91fbbcd61516b22b625089f2e03c831989ac0445d2aec5e1295b8fa2d1cf58','stored','{"clip":{"digest":"5a904e886f33701af1bfc16810fec00db3ac57583d9f8f764b144d551931affe","suffix":".mp4","size":12,"facts":{"container":"mp4","width":1280,"height":720,"fps":"24","duration":"3","video_codec":"h264","audio_codec":null}}}');
INSERT INTO "events" VALUES(29,'2026-11-28T16:26:35.486931+00:00','73629f277b8e433abb32a2dabc3633e7','dff4c79bb9f3fc5e920eb3b0c6cd20986f9469bcc064fc997fe88e20470b2d6c','intended','{"id":"two/e#3","endpoint":"fal-ai/kling-video/v3/turbo/pro/text-to-video","body":"{\"prompt\":\"Dawn.\",\"duration\":\"5\",\"aspect_ratio\":\"16:9\"}","asked":"{\"prompt\":\"Dawn.\",\"duration\":\"5\",\"aspect_ratio\":\"16:9\"}","cost":"0.70","seconds":5,"shots":["two/e"],"films":["lamp"],"provider":"fake","used":["5"]}');
INSERT INTO "events" VALUES(30,'2026-11-28T16:26:35.486931+00:00','73629f277b8e433abb32a2dabc3633e7','dff4c79bb9f3fc5e920eb3b0c6cd20986f9469bcc064fc997fe88e20470b2d6c','accepted','{"request":"r8","provider":"fake","addresses":{"status":"q/r8/status","result":"q/r8","cancel":"q/r8/cancel"}}');
CREATE TABLE requests (
  request TEXT NOT NULL,
  provider TEXT NOT NULL,
  attempt TEXT NOT NULL,
  PRIMARY KEY (request, provider)
) WITHOUT ROWID;
INSERT INTO "requests" VALUES('r1','fake','803dcf8ac2794faab682b9440bf48495');
INSERT INTO "requests" VALUES('r2','fake','058b6f4dbb9f46c3acb73c2a1117ede7');
INSERT INTO "requests" VALUES('r3','fake','839e212f2dfd4579ab7b438424a1c383');
INSERT INTO "requests" VALUES('r4','fake','161cfcafebde44dab3fe160ef9257c2c');
INSERT INTO "requests" VALUES('r5','fake','a62a0a8ee4894a119d2422d9bdf72f63');
INSERT INTO "requests" VALUES('r6','fake','245d1889ab1249b88b4c1718f973b87c');
INSERT INTO "requests" VALUES('r7','fake','63ebc7ded8d44c5e8cf56bce744a6f8c');
INSERT INTO "requests" VALUES('r8','fake','73629f277b8e433abb32a2dabc3633e7');
CREATE TABLE uploads (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  at TEXT NOT NULL,
  provider TEXT NOT NULL,
  file TEXT NOT NULL,
  url TEXT NOT NULL
);
CREATE INDEX events_of_job ON events (job, seq);
CREATE INDEX uploads_of_file ON uploads (file, provider, seq);
CREATE TRIGGER events_stay BEFORE UPDATE ON events
  BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
CREATE TRIGGER events_are_kept BEFORE DELETE ON events
  BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
CREATE TRIGGER requests_stay BEFORE UPDATE ON requests
  BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
CREATE TRIGGER requests_are_kept BEFORE DELETE ON requests
  BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
CREATE TRIGGER requests_have_one_attempt BEFORE INSERT ON requests WHEN EXISTS (
    SELECT 1 FROM requests WHERE request = NEW.request AND (provider = '' OR NEW.provider = '')
  )
  BEGIN SELECT RAISE(ABORT, 'another attempt has this request'); END;
CREATE TRIGGER accepted_requests AFTER INSERT ON events WHEN NEW.kind = 'accepted'
  BEGIN INSERT INTO requests (request, provider, attempt) VALUES (
    json_extract(NEW.data, '$.request'),
    coalesce(json_extract(NEW.data, '$.provider'), ''),
    NEW.attempt
  ); END;
CREATE TRIGGER adopted_requests AFTER INSERT ON events WHEN NEW.kind = 'adopted'
  AND json_extract(NEW.data, '$.origin.request') IS NOT NULL
  BEGIN INSERT INTO requests (request, provider, attempt) VALUES (
    json_extract(NEW.data, '$.origin.request'),
    coalesce(json_extract(NEW.data, '$.origin.provider'), ''),
    NEW.attempt
  ); END;
CREATE TRIGGER one_attempt_at_a_time BEFORE INSERT ON events
  WHEN NEW.kind IN ('intended', 'adopted') AND EXISTS (
    SELECT 1 FROM (SELECT attempt, data, min(seq) FROM events WHERE job = NEW.job GROUP BY attempt)
      AS begun
    WHERE coalesce(CASE WHEN json_valid(begun.data) THEN json_extract(begun.data, '$.take') END, 1)
        = coalesce(CASE WHEN json_valid(NEW.data) THEN json_extract(NEW.data, '$.take') END, 1)
      AND (
        SELECT kind FROM events WHERE job = NEW.job AND attempt = begun.attempt
        ORDER BY seq DESC LIMIT 1
      ) NOT IN ('refused', 'failed', 'abandoned', 'forgotten')
  )
  BEGIN SELECT RAISE(ABORT, 'an attempt at this job is not over'); END;
CREATE TRIGGER recovered_alone BEFORE INSERT ON events
  WHEN NEW.kind = 'recovered' AND EXISTS (
    SELECT 1 FROM (SELECT attempt, data, min(seq) FROM events WHERE job = NEW.job GROUP BY attempt)
      AS begun
    WHERE begun.attempt <> NEW.attempt
      AND coalesce(CASE WHEN json_valid(begun.data) THEN json_extract(begun.data, '$.take') END, 1)
        = (SELECT coalesce(CASE WHEN json_valid(data) THEN json_extract(data, '$.take') END, 1)
           FROM events WHERE job = NEW.job AND attempt = NEW.attempt ORDER BY seq LIMIT 1)
      AND (
        SELECT kind FROM events WHERE job = NEW.job AND attempt = begun.attempt
        ORDER BY seq DESC LIMIT 1
      ) NOT IN ('refused', 'failed', 'abandoned', 'forgotten')
  )
  BEGIN SELECT RAISE(ABORT, 'another attempt at this take has begun'); END;
DELETE FROM "sqlite_sequence";
INSERT INTO "sqlite_sequence" VALUES('events',30);
COMMIT;
