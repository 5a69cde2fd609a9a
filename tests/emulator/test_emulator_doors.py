"""The queue, the storage and the platform's lists, as a caller of HTTP meets them."""

import asyncio
import json
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import av
import httpx
import pytest
from calls import call, get

from storyboard.emulator.fault import Listing, Scenario
from storyboard.emulator.hosts import Ports
from storyboard.emulator.keep import LEAKS
from storyboard.emulator.listen import Listener
from storyboard.emulator.serve import StandIn
from storyboard.media import libav

T2V = "fal-ai/kling-video/v3/turbo/pro/text-to-video"
I2V = "fal-ai/kling-video/v3/pro/image-to-video"
VOICE = "fal-ai/kling-video/create-voice"
Start = Callable[..., StandIn]


@pytest.fixture
def standing(start: Start) -> StandIn:
    return start()


def finished(fal: httpx.Client, standing: StandIn, endpoint: str, body: object) -> Any:  # noqa: ANN401 -- JSON
    given = fal.post(f"{standing.urls.queue_url}/{endpoint}", json=body).json()
    while fal.get(given["status_url"]).status_code != 200:
        pass
    return fal.get(given["response_url"])


def upload(fal: httpx.Client, standing: StandIn, data: bytes, name: str = "a.png") -> str:
    given = fal.post(
        f"{standing.urls.rest_url}/storage/upload/initiate",
        params={"storage_type": "fal-cdn-v3"},
        json={"file_name": name, "content_type": "image/png"},
    ).json()
    put = call("PUT", given["upload_url"], content=data)
    assert put.status_code == 200
    url: str = given["file_url"]
    return url


def test_it_is_there_when_it_says_so(monkeypatch: pytest.MonkeyPatch, start: Start) -> None:
    """A machine so busy that listening takes a while: uvicorn has said by then that it started."""
    listen = Listener._listen  # noqa: SLF001 -- the step that is held up

    async def late(self: Listener, ports: Ports) -> None:
        await asyncio.sleep(0.3)
        await listen(self, ports)

    monkeypatch.setattr(Listener, "_listen", late)
    assert get(start().urls.queue_url).status_code in (404, 405)


def test_urls_of_a_request_hold_only_owner_and_app(standing: StandIn, fal: httpx.Client) -> None:
    given = fal.post(f"{standing.urls.queue_url}/{T2V}", json={"prompt": "x"}).json()
    base = f"{standing.urls.queue_url}/fal-ai/kling-video/requests/{given['request_id']}"
    assert given["response_url"] == base
    assert given["status_url"] == f"{base}/status"
    assert given["cancel_url"] == f"{base}/cancel"


def test_the_whole_endpoint_id_is_good_too_and_another_app_is_not(
    standing: StandIn, fal: httpx.Client
) -> None:
    given = fal.post(f"{standing.urls.queue_url}/{T2V}", json={"prompt": "x"}).json()
    for app, status in ((T2V, {200, 202}), ("fal-ai/flux", {404}), (I2V, {404})):
        url = f"{standing.urls.queue_url}/{app}/requests/{given['request_id']}/status"
        assert fal.get(url).status_code in status


def test_a_request_goes_through_the_queue(start: Start, fal: httpx.Client) -> None:
    standing = start(speed=1.0, concurrency=1)
    submit = f"{standing.urls.queue_url}/{T2V}"
    first, second, third = (fal.post(submit, json={"prompt": "x"}).json() for _ in range(3))
    states = [fal.get(one["status_url"], params={"logs": 1}) for one in (first, second, third)]
    assert [one.status_code for one in states] == [202, 202, 202]
    assert [one.json()["status"] for one in states] == ["IN_PROGRESS", "IN_QUEUE", "IN_QUEUE"]
    assert [one.json().get("queue_position") for one in states] == [None, 0, 1]
    assert states[0].json()["logs"][0]["message"].startswith("Rendering")
    assert fal.get(first["response_url"]).status_code == 400
    assert fal.put(second["cancel_url"]).status_code == 202
    assert fal.get(third["status_url"]).json()["queue_position"] == 0
    assert fal.get(second["response_url"]).status_code == 499
    assert fal.put(second["cancel_url"]).json() == {"status": "ALREADY_COMPLETED"}


def test_the_status_stream_ends_with_the_request(standing: StandIn, fal: httpx.Client) -> None:
    given = fal.post(f"{standing.urls.queue_url}/{T2V}", json={"prompt": "x"}).json()
    with fal.stream("GET", f"{given['status_url']}/stream") as stream:
        events = [json.loads(line[6:]) for line in stream.iter_lines() if line]
    assert events[-1]["status"] == "COMPLETED"
    assert len({one["request_id"] for one in events}) == 1


def test_unknown_ids_and_missing_keys(standing: StandIn, fal: httpx.Client) -> None:
    base = f"{standing.urls.queue_url}/fal-ai/kling-video/requests/nobody"
    assert fal.get(f"{base}/status").status_code == 404
    assert fal.put(f"{base}/cancel").status_code == 404
    assert fal.post(f"{standing.urls.queue_url}/fal-ai/unknown", json={}).status_code == 404
    bare = call("POST", f"{standing.urls.queue_url}/{T2V}", json={})
    assert bare.status_code == 401


def test_a_bad_key_of_the_scenario(start: Start) -> None:
    standing = start(Scenario(bad_keys=("stolen",)))
    answer = call(
        "POST",
        f"{standing.urls.queue_url}/{T2V}",
        json={"prompt": "x"},
        headers={"Authorization": "Key stolen"},
    )
    assert answer.status_code == 401


@pytest.mark.parametrize(
    ("body", "loc", "kind"),
    [
        ({"prompt": "x"}, ["body", "start_image_url"], "missing"),
        (
            {"start_image_url": "here.png", "prompt": "x"},
            ["body", "start_image_url"],
            "value_error",
        ),
        ({"duration": 5}, ["body", "duration"], "enum"),
        ({"prompt": "x" * 2501}, ["body", "prompt"], "string_too_long"),
        ({"prompt": "x", "multi_prompt": [{"prompt": "y", "duration": "5"}]}, None, "one_of"),
        ({"prompt": "x", "colour": "red"}, ["body", "colour"], "extra_forbidden"),
        ({"prompt": "x", "cfg_scale": 2}, ["body", "cfg_scale"], "value_error"),
        ({"prompt": "x", "generate_audio": "yes"}, ["body", "generate_audio"], "boolean_type"),
        ({"prompt": "x", "voice_ids": ["1", "2", "3"]}, ["body", "voice_ids"], "sequence_too_long"),
        ({"prompt": "x", "elements": [{}]}, None, "missing"),
        (
            {"multi_prompt": [{"prompt": "y", "duration": "5"}], "duration": "5"},
            ["body", "shot_type"],
            "missing",
        ),
        (
            {
                "multi_prompt": [{"prompt": "y", "duration": "5"}],
                "duration": "6",
                "shot_type": "customize",
            },
            ["body", "duration"],
            "value_error",
        ),
        (
            {"multi_prompt": [{"prompt": "y"}] * 7, "shot_type": "customize"},
            None,
            "sequence_too_long",
        ),
    ],
)
def test_the_model_refuses_with_fals_own_words(
    standing: StandIn, fal: httpx.Client, body: dict[str, object], loc: list[str], kind: str
) -> None:
    whole = (
        {"start_image_url": "https://example.com/a.png"} if "start_image_url" not in body else {}
    )
    if kind == "missing" and loc == ["body", "start_image_url"]:
        whole = {}
    answer = finished(fal, standing, I2V, {**whole, **body})
    assert answer.status_code == 422
    found = answer.json()["detail"]
    assert kind in [one["type"] for one in found]
    if loc:
        assert loc in [one["loc"] for one in found]
    assert all(one["url"].endswith(one["type"]) and one["msg"] for one in found)


def test_a_file_that_was_never_uploaded_cannot_be_fetched(
    standing: StandIn, fal: httpx.Client
) -> None:
    announced = fal.post(
        f"{standing.urls.rest_url}/storage/upload/initiate",
        json={"file_name": "a.png", "content_type": "image/png"},
    ).json()
    body = {"prompt": "x", "start_image_url": announced["file_url"]}
    answer = finished(fal, standing, I2V, body)
    assert answer.json()["detail"][0]["type"] == "file_download_error"


@pytest.mark.parametrize(("sound", "streams"), [(True, 2), (False, 1)])
def test_a_clip_is_like_klings(
    start: Start, fal: httpx.Client, tmp_path: Path, *, sound: bool, streams: int
) -> None:
    standing = start(height=1080)
    body = {
        "prompt": "x",
        "start_image_url": upload(fal, standing, b"a picture"),
        "duration": "3",
        "generate_audio": sound,
    }
    answer = finished(fal, standing, I2V, body)
    assert answer.headers["x-fal-billable-units"] == "3"
    data = get(answer.json()["video"]["url"]).content
    (tmp_path / "a.mp4").write_bytes(data)
    with av.open(str(tmp_path / "a.mp4")) as clip:
        video = clip.streams.video[0]
        assert (video.width, video.height, libav.average_rate(video)) == (1916, 1080, 24)
        assert video.frames == 3 * 24 + 1
        assert len(clip.streams) == streams
    assert data.index(b"moov") > data.index(b"mdat")


def test_a_part_of_a_clip(standing: StandIn, fal: httpx.Client) -> None:
    url = finished(fal, standing, T2V, {"prompt": "x"}).json()["video"]["url"]
    whole = get(url)
    for wanted, part in (
        ("bytes=0-9", whole.content[:10]),
        ("bytes=100-", whole.content[100:]),
        ("bytes=-7", whole.content[-7:]),
    ):
        answer = get(url, headers={"Range": wanted})
        assert (answer.status_code, answer.content) == (206, part)
        assert answer.headers["content-range"].endswith(f"/{len(whole.content)}")
    beyond = get(url, headers={"Range": "bytes=99999999-"})
    assert beyond.status_code == 416


@pytest.mark.parametrize("same", [True, False])
def test_equal_requests_give_equal_clips_only_where_asked(
    start: Start, fal: httpx.Client, *, same: bool
) -> None:
    standing = start(same_clips=same)
    urls = [finished(fal, standing, T2V, {"prompt": "x"}).json()["video"]["url"] for _ in "ab"]
    first, second = (get(url).content for url in urls)
    assert (first == second) is same


def test_a_voice_is_created(standing: StandIn, fal: httpx.Client) -> None:
    answer = finished(fal, standing, VOICE, {"voice_url": upload(fal, standing, b"la", "a.wav")})
    assert answer.json()["voice_id"].isdigit()


def test_an_upload_in_parts_to_a_signed_url(standing: StandIn, fal: httpx.Client) -> None:
    given = fal.post(
        f"{standing.urls.rest_url}/storage/upload/initiate-multipart",
        json={"file_name": "a b.mp4", "content_type": "video/mp4"},
    ).json()
    base, _, signature = given["upload_url"].partition("?")
    etags = [
        call("PUT", f"{base}/{n}?{signature}", content=part).headers["etag"]
        for n, part in enumerate((b"one ", b"two"), 1)
    ]
    parts = [{"partNumber": n, "etag": etag} for n, etag in enumerate(etags, 1)]
    done = call("POST", f"{base}/complete?{signature}", json={"parts": parts})
    assert done.status_code == 200
    assert get(given["file_url"]).content == b"one two"
    gone = call("POST", f"{base}/complete?{signature}", json={"parts": [{"partNumber": 9}]})
    assert gone.status_code == 400


def listed(fal: httpx.Client, standing: StandIn, **query: str) -> Iterator[dict[str, Any]]:
    cursor: str | None = ""
    while cursor is not None:
        answer = fal.get(
            f"{standing.urls.api_url}/v1/models/requests/by-endpoint",
            params={"endpoint_id": T2V, "expand": "payloads", **query, "cursor": cursor},
        ).json()
        yield from answer["items"]
        cursor = answer["next_cursor"]
        assert answer["has_more"] is (cursor is not None)


def test_the_account_lists_what_was_sent(standing: StandIn, fal: httpx.Client) -> None:
    sent = [{"prompt": f"shot {n}"} for n in range(7)]
    for body in sent:
        finished(fal, standing, T2V, body)
    items = list(listed(fal, standing, limit="3"))
    assert [one["json_input"] for one in items] == sent[::-1]
    assert {one["status"] for one in items} == {"COMPLETED"}
    now = datetime.now(UTC)
    soon, early = (now + timedelta(minutes=1)).isoformat(), (now - timedelta(hours=1)).isoformat()
    assert len(list(listed(fal, standing, start=early, end=soon))) == 7
    assert list(listed(fal, standing, end=early)) == []
    assert list(listed(fal, standing, start=soon)) == []


def test_the_list_can_hold_defaults_that_were_not_sent(start: Start, fal: httpx.Client) -> None:
    standing = start(Scenario(listing=Listing(defaults=True)))
    body = {"prompt": "x", "start_image_url": "https://example.com/a.png", "duration": "3"}
    finished(fal, standing, I2V, body)
    (item,) = fal.get(
        f"{standing.urls.api_url}/v1/models/requests/by-endpoint",
        params={"endpoint_id": I2V, "expand": "payloads"},
    ).json()["items"]
    assert {**item["json_input"], **body} == item["json_input"]
    assert item["json_input"]["generate_audio"] is True


def test_prices(standing: StandIn, fal: httpx.Client) -> None:
    answer = fal.get(
        f"{standing.urls.api_url}/v1/models/pricing", params={"endpoint_id": f"{T2V},{VOICE}"}
    )
    prices = {one["endpoint_id"]: one for one in answer.json()["prices"]}
    assert prices[T2V] == {
        "endpoint_id": T2V,
        "unit_price": 0.14,
        "unit": "second",
        "currency": "USD",
    }
    assert prices[VOICE]["unit_price"] == 0.007


@pytest.mark.parametrize(
    ("endpoint", "body", "dollars"),
    [
        (T2V, {"prompt": "x", "duration": "5"}, "0.70"),
        (T2V, {"prompt": "x"}, "0.70"),
        (I2V, {"duration": "5", "voice_ids": ["1"]}, "1.960"),
        (I2V, {"duration": "5"}, "1.680"),
        (I2V, {"duration": "5", "generate_audio": False}, "1.120"),
        ("fal-ai/kling-video/v2.5-turbo/pro/image-to-video", {"duration": "10"}, "0.70"),
    ],
)
def test_the_ledger_holds_the_prices_of_the_providers_pages(
    standing: StandIn, fal: httpx.Client, endpoint: str, body: dict[str, object], dollars: str
) -> None:
    field = "image_url" if "v2.5" in endpoint else "start_image_url"
    frame = {} if endpoint == T2V else {field: "https://example.com/a.png"}
    assert finished(fal, standing, endpoint, {"prompt": "x", **frame, **body}).status_code == 200
    (line,) = standing.desk.ledger.path.read_text(encoding="utf-8").splitlines()
    charge = json.loads(line)
    assert Decimal(charge["usd"]) == Decimal(dollars)
    assert (charge["endpoint"], charge["version"]) == (endpoint, 1)


def test_the_ledger_knows_equal_work_by_its_content(standing: StandIn, fal: httpx.Client) -> None:
    for data in (b"one", b"one", b"two"):
        body = {"prompt": "x", "start_image_url": upload(fal, standing, data)}
        finished(fal, standing, I2V, body)
    lines = standing.desk.ledger.path.read_text(encoding="utf-8").splitlines()
    digests = [json.loads(line)["body_digest"] for line in lines]
    assert digests[0] == digests[1] != digests[2]


def test_a_key_among_files_is_written_down(standing: StandIn, fal: httpx.Client) -> None:
    url = upload(fal, standing, b"x")
    leaks = standing.desk.settings.folder / LEAKS
    assert not leaks.exists()
    fal.get(url)
    assert json.loads(leaks.read_text(encoding="utf-8"))["method"] == "GET"
