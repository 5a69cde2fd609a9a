"""What the program did when journals were of version 1, copied from it. Never changed.

The tables, the check of the version and the rows are those of commit 0a59c36, to the letter.
"""

import json
import sqlite3
from typing import Any

from storyboard.provider import Media, VoiceMade
from storyboard.store import life as states
from storyboard.store.rows import Row, kind_of

VERSION = 1
APPLICATION = 0x53544F52
SCHEMA = """
CREATE TABLE events (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  at TEXT NOT NULL,
  attempt TEXT NOT NULL,
  job TEXT NOT NULL,
  kind TEXT NOT NULL,
  data TEXT NOT NULL
);
CREATE INDEX events_of_job ON events (job, seq);
CREATE INDEX events_of_request ON events (json_extract(data, '$.request')) WHERE kind = 'accepted';
CREATE TABLE uploads (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  at TEXT NOT NULL,
  provider TEXT NOT NULL,
  file TEXT NOT NULL,
  url TEXT NOT NULL
);
CREATE INDEX uploads_of_file ON uploads (file, provider, seq);
CREATE TABLE claims (job TEXT PRIMARY KEY, owner TEXT NOT NULL, at TEXT NOT NULL);

CREATE TRIGGER events_stay BEFORE UPDATE ON events
  BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
CREATE TRIGGER events_are_kept BEFORE DELETE ON events
  BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
-- The last guard against paying twice: whatever the program believes, the database takes no
-- second attempt at a job whose first is not over.
CREATE TRIGGER one_attempt_at_a_time BEFORE INSERT ON events WHEN NEW.kind = 'intended'
  AND (SELECT kind FROM events WHERE job = NEW.job ORDER BY seq DESC LIMIT 1)
    IN ('intended', 'unknown', 'accepted', 'finished', 'stored', 'mislaid')
  BEGIN SELECT RAISE(ABORT, 'an attempt at this job is not over'); END;
"""
_TICKET = ("request", "status_url", "response_url", "cancel_url")
_FILE = ("digest", "suffix", "size")


def check(db: sqlite3.Connection) -> str:
    """Tell what version 1 said to a journal: `newer`, `damaged`, or nothing."""
    (version,) = db.execute("PRAGMA user_version").fetchone()
    (application,) = db.execute("PRAGMA application_id").fetchone()
    if application not in {0, APPLICATION}:
        return "damaged"
    if version > VERSION:
        return "newer"
    return ""


def to_row(life: states.Known) -> Row:
    """Write the last step of a life as version 1 did."""
    order = states.order_of(life)
    data = json.dumps(_data(life), ensure_ascii=False, separators=(",", ":"))
    return Row(order.attempt, order.job, kind_of(life), life.at.isoformat(), data)


def _data(life: states.Known) -> dict[str, Any]:  # noqa: PLR0911 -- a return per state
    match life:
        case states.Intended():
            order = life.order
            return {
                "id": order.id,
                "endpoint": order.endpoint,
                "body": order.body,
                "asked": order.asked,
                "cost": str(order.cost),
                "seconds": order.seconds,
                "shots": list(order.shots),
                "films": list(order.films),
                "provider": order.provider,
            }
        case states.Unknown():
            return {"reason": life.reason}
        case states.Accepted():
            ticket = {"request": life.ticket.request, **dict(life.ticket.addresses)}
            return {name: ticket[name] for name in _TICKET}
        case states.Finished():
            return {**_kept_data(life.product), "units": life.units}
        case states.Stored():
            return _kept_data(life.kept)
        case states.Refused():
            return _fault_data(life)
        case states.Failed():
            aside = {name: getattr(life.aside, name) for name in _FILE} if life.aside else None
            return {**_fault_data(life), "aside": aside}
        case states.Abandoned():
            return {"reason": life.reason, "charge": life.charge.value}
        case _:
            return {}


def _fault_data(life: states.Refused | states.Failed) -> dict[str, Any]:
    fault = life.fault
    return {
        "code": fault.code,
        "message": fault.message,
        "help": fault.help,
        "charge": fault.charge.value,
        "again": fault.again,
    }


def _kept_data(kept: states.Kept | Media) -> dict[str, Any]:
    match kept:
        case Media():
            return {"url": kept.url}
        case VoiceMade():
            return {"voice": kept.id}
        case states.KeptClip():
            facts = kept.facts
            return {
                "clip": {
                    "digest": kept.digest,
                    "suffix": kept.suffix,
                    "size": kept.size,
                    "facts": {
                        "container": facts.container,
                        "width": facts.width,
                        "height": facts.height,
                        "fps": str(facts.fps),
                        "duration": str(facts.duration),
                        "video_codec": facts.video_codec,
                        "audio_codec": facts.audio_codec,
                    },
                }
            }
