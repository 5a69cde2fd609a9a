import asyncio
import gzip
import json
import pickle
import ssl
import tracemalloc
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar

import httpx
import pytest

from storyboard.backends.fal import Addresses, BadAddress, Fal, MissingKey, connect, key_of
from storyboard.backends.fal.address import addresses_of
from storyboard.backends.fal.errors import _TYPES, fault_of
from storyboard.backends.fal.storage import MULTIPART_ABOVE, PART
from storyboard.backends.http import (
    MOST,
    Key,
    Network,
    Wanted,
    Wire,
    download,
    is_safe,
    retry_after,
)
from storyboard.catalogue import load
from storyboard.catalogue.endpoint import EndpointId
from storyboard.model.asset import FileDigest
from storyboard.provider import Charge, Media, RequestId, Ticket, VoiceMade, answer
from storyboard.store.problem import StoreProblem

T = TypeVar("T")
Handler = Callable[[httpx.Request], httpx.Response | Awaitable[httpx.Response]]

SECRET = "id-1234:s3cr3t-half"  # noqa: S105 - a key of no account
KEY = Key(SECRET, "Key")
ENDPOINT = EndpointId("fal-ai/kling-video/v3/pro/image-to-video")
QUEUE = "https://queue.fal.run"
BASE = f"{QUEUE}/fal-ai/kling-video/requests/r1"


def ticket(status: str, result: str = "", cancel: str = "") -> Ticket:
    urls = (("status_url", status), ("response_url", result), ("cancel_url", cancel))
    return Ticket(RequestId("r1"), QUEUE, None, urls)


TICKET = ticket(f"{BASE}/status", BASE, f"{BASE}/cancel")
TAKEN = answer.Taken(TICKET.request, TICKET.addresses)
DIGEST = FileDigest("ab" * 32)
BODY = '{"prompt":"x"}'


def used(
    handler: Handler,
    act: Callable[[Fal], Awaitable[T]],
    addresses: Addresses | None = None,
) -> T:
    """Run one call against a handler that stands in for the network."""

    async def run() -> T:
        fal = connect(KEY, addresses or Addresses(), load(), httpx.MockTransport(handler))
        try:
            return await act(fal)
        finally:
            await fal.close()

    return asyncio.run(run())


def says(
    status: int, body: object = None, headers: dict[str, str] | None = None
) -> Callable[[httpx.Request], httpx.Response]:
    """Answer everything alike."""
    return lambda _request: httpx.Response(status, json=body, headers=headers)


def raises(error: Exception) -> Callable[[httpx.Request], httpx.Response]:
    """Answer nothing."""

    def handler(_request: httpx.Request) -> httpx.Response:
        raise error

    return handler


def submit(handler: Handler) -> answer.Submitted:
    return used(handler, lambda fal: fal.submit(ENDPOINT, BODY))


# --- submitting


def test_a_submit_is_the_exact_body_with_the_key_and_no_room_for_surprises() -> None:
    seen: list[httpx.Request] = []

    def handler(request: httpx.Request) -> httpx.Response:
        seen.append(request)
        urls = {"status_url": TICKET.address("status_url"), "response_url": BASE}
        return httpx.Response(
            200, json={"request_id": "r1", "cancel_url": f"{BASE}/cancel", **urls}
        )

    assert submit(handler) == TAKEN
    (request,) = seen
    assert request.method == "POST"
    assert str(request.url) == f"{QUEUE}/{ENDPOINT}"
    assert request.content == BODY.encode()
    assert request.headers["authorization"] == f"Key {SECRET}"
    assert request.headers["content-type"] == "application/json"
    assert request.headers["x-app-fal-disable-fallback"] == "true"
    assert request.headers["x-fal-no-retry"] == "1"
    assert "x-fal-store-io" not in request.headers


@pytest.mark.parametrize(
    "error",
    [httpx.ConnectError("refused"), httpx.ConnectTimeout("slow"), httpx.PoolTimeout("full")],
)
def test_only_these_prove_that_nothing_was_sent(error: Exception) -> None:
    assert isinstance(submit(raises(error)), answer.NotSent)


@pytest.mark.parametrize(
    "error",
    [
        httpx.ReadTimeout("silence"),
        httpx.ReadError("reset"),
        httpx.WriteError("broken pipe"),
        httpx.WriteTimeout("slow"),
        httpx.RemoteProtocolError("half an answer"),
        httpx.CloseError("odd"),
        httpx.LocalProtocolError("odd"),
        httpx.ProxyError("odd"),
        httpx.DecodingError("odd"),
    ],
)
def test_all_other_failures_leave_the_outcome_unknown(error: Exception) -> None:
    assert isinstance(submit(raises(error)), answer.Unsure)


def test_every_network_error_of_httpx_is_one_or_the_other() -> None:
    """A new version of httpx with a new error must not become a second charge, or a traceback."""
    proof = {httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout}
    pending = [httpx.TransportError]
    while pending:
        kind = pending.pop()
        pending.extend(kind.__subclasses__())
        expected = answer.NotSent if kind in proof else answer.Unsure
        assert isinstance(submit(raises(kind("x"))), expected), kind


@pytest.mark.parametrize("status", [408, 500, 502, 503, 504, 302, 307, 409, 425, 451, 418])
def test_these_statuses_leave_the_outcome_unknown(status: int) -> None:
    headers = {"location": "https://elsewhere.test/"} if status in {302, 307} else None
    assert isinstance(submit(says(status, {"detail": "?"}, headers)), answer.Unsure)


@pytest.mark.parametrize("status", [400, 404, 405, 413, 422])
def test_these_statuses_refuse(status: int) -> None:
    got = submit(says(status, {"detail": "no"}))
    assert isinstance(got, answer.NotTaken)


@pytest.mark.parametrize(("status", "code"), [(401, "SB801"), (402, "SB800"), (403, "SB800")])
def test_a_refused_key_or_account_stops_everything(status: int, code: str) -> None:
    got = submit(says(status, {"detail": "User is locked"}))
    assert isinstance(got, answer.Locked)
    assert got.fault.code == code
    assert "User is locked" in got.fault.message
    assert got.fault.charge is Charge.NONE


def test_too_many_requests_wait_as_long_as_they_are_told() -> None:
    got = submit(says(429, {}, {"retry-after": "7"}))
    assert got == answer.NotSent("fal asks to wait", 7.0)


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("", None),
        ("5", 5.0),
        ("-3", 0.0),
        ("99999", 300.0),
        ("soon", None),
        ("nan", None),
        ("1e999", None),
        ("Mon, 01 Jan 99999999999999999999 00:00:00 GMT", None),
        ("Mon, 01 Jan 2026 00:00:00 +99999999999999", None),
    ],
)
def test_how_long_to_wait_is_read_within_reason(text: str, seconds: float | None) -> None:
    assert retry_after(httpx.Response(429, headers={"retry-after": text})) == seconds


def test_how_long_to_wait_may_be_a_date() -> None:
    past = httpx.Response(429, headers={"retry-after": "Wed, 21 Oct 2015 07:28:00 GMT"})
    assert retry_after(past) == 0.0


def test_an_answer_without_a_request_id_is_no_acceptance() -> None:
    assert isinstance(submit(says(200, {"status": "IN_QUEUE"})), answer.Unsure)
    assert isinstance(submit(lambda _r: httpx.Response(200, text="<html>")), answer.Unsure)


BAD_IDS = ["", "x" * 100_000, "a\nb", "a\x1b[2J", 7, None, True, ["r1"], {"r1": 1}, "a\ud83db"]


@pytest.mark.parametrize("name", BAD_IDS, ids=lambda name: repr(name)[:12])
def test_an_id_that_cannot_be_used_is_an_acceptance_that_is_paid_and_unknown(name: object) -> None:
    got = submit(lambda _r: httpx.Response(200, content=json.dumps({"request_id": name})))
    assert isinstance(got, answer.Unsure)
    assert got.charge is Charge.PAID
    got.reason.encode()
    named = {"x-fal-request-id": "r1"}
    spare = submit(
        lambda _r: httpx.Response(200, content=json.dumps({"request_id": name}), headers=named)
    )
    assert spare == TAKEN


def test_no_id_at_all_is_no_proof_of_an_acceptance() -> None:
    got = submit(says(200, {"status": "IN_QUEUE"}))
    assert isinstance(got, answer.Unsure)
    assert got.charge is Charge.POSSIBLE


@pytest.mark.parametrize("status", [400, 401, 403, 422])
def test_a_refusal_in_broken_words_is_a_refusal(status: int) -> None:
    said = json.dumps(model_error("content_policy_violation", "no \ud83d"))
    got = submit(lambda _r: httpx.Response(status, content=said))
    assert isinstance(got, answer.NotTaken | answer.Locked)
    assert "no \ufffd" in got.fault.message or status in {401, 403}
    got.fault.message.encode()


def test_listed_requests_whose_ids_cannot_be_used_are_passed_over() -> None:
    at = "2026-11-20T12:00:00+00:00"
    items = [{"request_id": name, "sent_at": at, "json_input": {}} for name in [*BAD_IDS, "r1"]]
    page = json.dumps({"items": items})
    got = used(
        lambda _r: httpx.Response(200, content=page),
        lambda fal: fal.sent(ENDPOINT, datetime(2026, 11, 20, tzinfo=UTC)),
    )
    assert isinstance(got, answer.Listed)
    assert [one.request for one in got.requests] == ["r1"]


def test_a_request_id_in_the_header_is_enough() -> None:
    got = submit(lambda _r: httpx.Response(200, text="{", headers={"x-fal-request-id": "r1"}))
    assert got == TAKEN


@pytest.mark.parametrize(
    "address", ["https://[::1/x", "https://x.test:abc/", "\ud800", "/only/a/path"]
)
def test_addresses_that_are_none_are_built_anew(address: str) -> None:
    names = ("status_url", "response_url", "cancel_url")
    said = json.dumps({"request_id": "r1"} | dict.fromkeys(names, address))
    assert submit(lambda _r: httpx.Response(200, content=said)) == TAKEN


@pytest.mark.parametrize("content", [b"[" * 200_000, b"\xff\xfe", b"9" * 5000])
def test_an_answer_that_no_reader_takes_leaves_the_outcome_unknown(content: bytes) -> None:
    assert isinstance(submit(lambda _r: httpx.Response(200, content=content)), answer.Unsure)
    odd = {"content-type": "text/plain; charset=base64"}
    assert isinstance(
        submit(lambda _r: httpx.Response(500, content=content, headers=odd)), answer.Unsure
    )


# --- waiting


@pytest.mark.parametrize(
    ("code", "body", "expected"),
    [
        (202, {"status": "IN_QUEUE", "queue_position": 3}, answer.InQueue(3)),
        (202, {"status": "IN_QUEUE"}, answer.InQueue(None)),
        (202, {"status": "IN_PROGRESS", "logs": None}, answer.InProgress()),
        (200, {"status": "COMPLETED"}, answer.Completed()),
        (
            200,
            {"status": "COMPLETED", "error": "no", "error_type": "runner_disconnected"},
            answer.Completed("runner_disconnected"),
        ),
    ],
)
def test_a_status_is_read(code: int, body: object, expected: answer.Status) -> None:
    assert used(says(code, body), lambda fal: fal.status(TICKET)) == expected


@pytest.mark.parametrize("status", [500, 502, 504, 429, 418])
def test_a_status_that_cannot_be_had_is_only_trouble(status: int) -> None:
    got = used(says(status, {"detail": "x"}), lambda fal: fal.status(TICKET))
    assert isinstance(got, answer.Trouble)


def test_an_unknown_request_and_an_unknown_status_and_a_locked_account() -> None:
    assert isinstance(used(says(404), lambda fal: fal.status(TICKET)), answer.Gone)
    odd = says(200, {"status": "DREAMING"})
    assert isinstance(used(odd, lambda fal: fal.status(TICKET)), answer.Trouble)
    assert isinstance(used(says(403), lambda fal: fal.status(TICKET)), answer.Locked)
    broken = raises(httpx.ReadTimeout("silence"))
    assert isinstance(used(broken, lambda fal: fal.status(TICKET)), answer.Trouble)


def test_the_addresses_that_came_are_followed_and_foreign_ones_never_see_the_key() -> None:
    seen: list[httpx.Request] = []

    def handler(request: httpx.Request) -> httpx.Response:
        seen.append(request)
        return httpx.Response(200, json={"status": "COMPLETED"})

    foreign = ticket("https://evil.test/a/b/requests/r1/status?x=1")
    used(handler, lambda fal: fal.status(foreign))
    used(handler, lambda fal: fal.status(TICKET))
    backup = ticket("https://queue.falrun.com/a/requests/r1/status")
    used(handler, lambda fal: fal.status(backup))
    assert [str(one.url) for one in seen] == [
        "https://queue.fal.run/a/b/requests/r1/status?x=1",
        TICKET.address("status_url"),
        backup.address("status_url"),
    ]


# --- results


def result(handler: Handler, error: str | None = None) -> answer.Result:
    return used(handler, lambda fal: fal.result(TICKET, answer.Completed(error)))


def test_a_clip_or_a_voice_is_the_result_with_what_was_billed() -> None:
    clip = says(
        200, {"video": {"url": "https://v3.fal.media/x.mp4"}}, {"x-fal-billable-units": "5"}
    )
    assert result(clip) == answer.Ready(Media("https://v3.fal.media/x.mp4"), "5")
    assert result(says(200, {"voice_id": "829"})) == answer.Ready(VoiceMade("829"), None)


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"video": {}},
        {"video": {"url": 3}},
        {"video": {"url": ""}},
        {"video": {"url": "http://v3.fal.media/x.mp4"}},
        {"video": {"url": "https://v3.fal.media:x/x.mp4"}},
        {"video": [{"url": "https://v3.fal.media/x.mp4"}] * 2},
        {"voice_id": ""},
        {"voice_id": True},
        [],
        None,
        "x",
    ],
)
def test_a_result_of_another_form_is_asked_for_again(body: object) -> None:
    assert isinstance(result(says(200, body)), answer.Trouble)


def test_a_504_on_a_result_that_is_there_is_no_failure() -> None:
    assert isinstance(result(says(504, {"detail": "gateway"})), answer.Trouble)
    named = says(504, {"detail": "timed out", "error_type": "request_timeout"})
    assert isinstance(result(named), answer.Trouble)  # its status did not say that it failed
    broken = result(named, "request_timeout")
    assert isinstance(broken, answer.Broken)
    assert broken.fault.charge is Charge.NONE
    assert broken.fault.again


def model_error(kind: str, message: str = "no", **more: object) -> dict[str, object]:
    return {"detail": [{"loc": ["body", "prompt"], "msg": message, "type": kind, **more}]}


def test_a_model_error_is_final_and_may_have_been_charged() -> None:
    got = result(says(422, model_error("content_policy_violation", "flagged")))
    assert isinstance(got, answer.Broken)
    assert got.fault.code == "SB804"
    assert "flagged" in got.fault.message
    assert got.fault.charge is Charge.POSSIBLE
    assert not got.fault.again


def test_an_error_in_plain_words_is_final_where_the_status_said_that_it_failed() -> None:
    for status in (400, 422):
        plain = says(status, {"detail": "the prompt is odd"})
        assert isinstance(result(plain), answer.Trouble)
        got = result(plain, "bad_request")
        assert isinstance(got, answer.Broken)
        assert "the prompt is odd" in got.fault.message
        assert got.fault.charge is Charge.POSSIBLE
    for status in (408, 429, 502):
        assert isinstance(result(says(status, {"detail": "x"}), "bad_request"), answer.Trouble)
    assert isinstance(result(says(404, {"detail": "x"}), "bad_request"), answer.Gone)


def test_a_size_that_is_wrong_is_named_with_its_limit() -> None:
    body = model_error("image_too_small", ctx={"min_width": 300, "min_height": 301})
    got = result(says(422, body))
    assert isinstance(got, answer.Broken)
    assert "at least 300x301 pixels" in got.fault.message


@pytest.mark.parametrize("kind", [*_TYPES, "runner_disconnected", "brand_new_error", None])
@pytest.mark.parametrize("status", [400, 422, 500, 504])
def test_every_error_has_a_code_a_message_and_help(kind: str | None, status: int) -> None:
    fault = fault_of(status, model_error(kind or "x"), kind)
    assert fault.code.startswith("SB8")
    assert fault.message
    assert "{" not in fault.message
    assert fault.help
    assert (fault.charge is Charge.NONE) == (status >= 500)


@pytest.mark.parametrize("name", ["x-fal-retryable", "x-fal-needs-retry"])
def test_both_names_of_the_retry_header_are_read(name: str) -> None:
    got = result(says(422, model_error("downstream_service_error"), {name: "true"}))
    assert isinstance(got, answer.Broken)
    assert got.fault.again


def test_a_result_that_is_not_known_or_locked() -> None:
    assert isinstance(result(says(404, {"detail": "NOT_FOUND"})), answer.Gone)
    assert isinstance(result(says(401, {"detail": "no"})), answer.Locked)
    assert isinstance(result(says(400, {"detail": "Request is still in progress"})), answer.Trouble)


@pytest.mark.parametrize(
    ("status", "body", "kind"),
    [
        (202, {"status": "CANCELLATION_REQUESTED"}, answer.Stopping),
        (200, None, answer.Stopping),
        (400, {"status": "ALREADY_COMPLETED"}, answer.TooLate),
        (400, {"detail": "no"}, answer.Trouble),
        (404, {"status": "NOT_FOUND"}, answer.Gone),
        (401, {"detail": "no"}, answer.Locked),
        (429, {"detail": "wait"}, answer.Trouble),
        (502, None, answer.Trouble),
    ],
)
def test_a_cancel_says_what_became_of_it(status: int, body: object, kind: type) -> None:
    seen = []

    def handler(request: httpx.Request) -> httpx.Response:
        seen.append((request.method, str(request.url)))
        return httpx.Response(status, json=body)

    assert type(used(handler, lambda fal: fal.cancel(TICKET))) is kind
    assert seen == [("PUT", TICKET.address("cancel_url"))]


def test_a_cancel_without_an_answer_is_only_trouble() -> None:
    got = used(raises(httpx.ReadTimeout("slow")), lambda fal: fal.cancel(TICKET))
    assert isinstance(got, answer.Trouble)


# --- uploads


def test_a_file_is_announced_with_the_key_and_put_without(tmp_path: Path) -> None:
    file = tmp_path / "My secret plan.PNG"
    file.write_bytes(b"picture")
    seen: list[httpx.Request] = []

    def handler(request: httpx.Request) -> httpx.Response:
        seen.append(request)
        if request.method == "POST":
            urls = {
                "upload_url": "https://store.test/u?sig=1",
                "file_url": "https://v3.fal.media/u",
            }
            return httpx.Response(200, json=urls)
        return httpx.Response(200)

    got = used(handler, lambda fal: fal.upload(file, DIGEST))
    assert got == answer.Uploaded("https://v3.fal.media/u")
    announce, put = seen
    assert str(announce.url).startswith("https://rest.fal.ai/storage/upload/initiate?")
    assert json.loads(announce.content) == {
        "file_name": f"{DIGEST[:24]}.png",
        "content_type": "image/png",
    }
    assert "authorization" in announce.headers
    assert "authorization" not in put.headers
    assert put.content == b"picture"
    assert put.headers["content-type"] == "image/png"


def test_a_large_file_goes_in_parts_under_the_signed_address(tmp_path: Path) -> None:
    file = tmp_path / "turn.mp4"
    with file.open("wb") as out:
        out.truncate(MULTIPART_ABOVE + 1)
    seen: list[tuple[str, str, int]] = []
    done: list[object] = []

    def handler(request: httpx.Request) -> httpx.Response:
        seen.append((request.method, request.url.path, len(request.content)))
        if request.url.host == "rest.fal.ai":
            urls = {
                "upload_url": "https://store.test/u?sig=1",
                "file_url": "https://v3.fal.media/u",
            }
            return httpx.Response(200, json=urls)
        assert request.url.query == b"sig=1"
        assert "authorization" not in request.headers
        if request.method == "POST":
            done.append(json.loads(request.content))
        return httpx.Response(200, headers={"etag": f'"{request.url.path[-1]}"'})

    assert used(handler, lambda fal: fal.upload(file, DIGEST)) == answer.Uploaded(
        "https://v3.fal.media/u"
    )
    assert seen[0][1] == "/storage/upload/initiate-multipart"
    assert [one[1] for one in seen[1:-1]] == [f"/u/{n}" for n in range(1, 11)]
    assert [one[2] for one in seen[1:-1]] == [PART] * 9 + [1]
    assert seen[-1][1] == "/u/complete"
    assert done == [{"parts": [{"partNumber": n, "etag": f'"{str(n)[-1]}"'} for n in range(1, 11)]}]


@pytest.mark.parametrize(
    ("status", "body", "kind"),
    [
        (401, {}, answer.Locked),
        (413, {}, answer.NotTaken),
        (503, {}, answer.Trouble),
        (200, {"upload_url": "http://plain.test/", "file_url": "https://x.test"}, answer.Trouble),
        (200, [], answer.Trouble),
    ],
)
def test_a_file_that_cannot_be_announced(
    tmp_path: Path, status: int, body: object, kind: type
) -> None:
    file = tmp_path / "a.png"
    file.write_bytes(b"x")
    assert isinstance(used(says(status, body), lambda fal: fal.upload(file, DIGEST)), kind)


# --- downloads


def streamed(data: bytes, headers: dict[str, str] | None = None) -> httpx.Response:
    return httpx.Response(200, stream=httpx.ByteStream(data), headers=headers)


def fetch(handler: Handler, to: Path, url: str = "https://v3.fal.media/x.mp4") -> answer.Download:
    return used(handler, lambda fal: fal.download(url, to, lambda _part: None))


def test_a_clip_is_downloaded_without_the_key_also_over_redirects(tmp_path: Path) -> None:
    seen: list[httpx.Request] = []

    def handler(request: httpx.Request) -> httpx.Response:
        seen.append(request)
        if request.url.path == "/x.mp4":
            return httpx.Response(302, headers={"location": "https://cdn.test/y.mp4"})
        return streamed(b"clip", {"content-type": "video/mp4"})

    assert fetch(handler, tmp_path / "part") == answer.Fetched(4)
    assert (tmp_path / "part").read_bytes() == b"clip"
    assert [request.url.host for request in seen] == ["v3.fal.media", "cdn.test"]
    assert all("authorization" not in request.headers for request in seen)


@pytest.mark.parametrize(
    "url",
    [
        "http://v3.fal.media/x",
        "ftp://x/y",
        "file:///etc/passwd",
        "",
        "https:///x",
        "https://v3.fal.media:abc/x",
        "https://v3.fal.media/\x00",
    ],
)
def test_a_clip_comes_over_https_only(tmp_path: Path, url: str) -> None:
    assert isinstance(fetch(says(200), tmp_path / "part", url), answer.Trouble)
    to_it = says(
        302, None, {"location": url if url.startswith(("http:", "f")) else "http://x.test"}
    )
    assert isinstance(fetch(to_it, tmp_path / "part"), answer.Trouble)
    assert not (tmp_path / "part").exists()


@pytest.mark.parametrize("status", [401, 403, 404, 410])
def test_an_address_that_has_expired_is_told(tmp_path: Path, status: int) -> None:
    assert isinstance(fetch(says(status), tmp_path / "part"), answer.Expired)


def test_what_is_no_clip_or_not_whole_is_trouble(tmp_path: Path) -> None:
    part = tmp_path / "part"
    html = lambda _r: httpx.Response(200, text="<p>", headers={"content-type": "text/html"})  # noqa: E731
    short = lambda _r: streamed(b"cli", {"content-length": "9"})  # noqa: E731
    none = lambda _r: streamed(b"", {"content-type": "video/mp4"})  # noqa: E731
    for handler in (html, short, none, says(500), says(302, None, {"location": "/x.mp4"})):
        assert isinstance(fetch(handler, part), answer.Trouble)
    assert isinstance(fetch(raises(httpx.ReadError("reset")), part), answer.Trouble)


@pytest.mark.parametrize("told", [True, False])
def test_a_download_is_bounded(tmp_path: Path, *, told: bool) -> None:
    def handler(_request: httpx.Request) -> httpx.Response:
        return streamed(b"x" * 10_000, {"content-length": "10000"} if told else None)

    async def run() -> answer.Download:
        wire = Wire(KEY, Addresses(), httpx.MockTransport(handler))
        wanted = Wanted(tmp_path / "part", lambda _part: None, most=1000)
        try:
            return await download(wire, "https://x.test/", wanted, asyncio.Semaphore(1))
        finally:
            await wire.close()

    got = asyncio.run(run())
    assert isinstance(got, answer.Trouble)
    assert "bytes" in got.detail
    assert not (tmp_path / "part").exists() or (tmp_path / "part").stat().st_size <= 1000


# --- the list of requests

SINCE = datetime(2026, 11, 20, 11, tzinfo=UTC)


def test_the_list_is_read_page_by_page() -> None:
    seen = []

    def handler(request: httpx.Request) -> httpx.Response:
        seen.append(request)
        if request.url.params.get("cursor"):
            item = {"request_id": "r2", "sent_at": "2026-11-20T12:00:01Z", "json_input": '{"a":1}'}
            more = [{"request_id": "r3"}, {}, None, "r4", [], {"request_id": "r5", "sent_at": "?"}]
            return httpx.Response(200, json={"items": [item, *more]})
        item = {"request_id": "r1", "sent_at": "2026-11-20T12:00:00+00:00", "json_input": {"a": 2}}
        return httpx.Response(200, json={"items": [item], "next_cursor": "c2"})

    got = used(handler, lambda fal: fal.sent(ENDPOINT, SINCE))
    assert isinstance(got, answer.Listed)
    assert [(one.request, one.body) for one in got.requests] == [("r1", {"a": 2}), ("r2", {"a": 1})]
    assert got.requests[0].addresses == TICKET.addresses
    params = seen[0].url.params
    assert seen[0].url.host == "api.fal.ai"
    assert params["endpoint_id"] == ENDPOINT
    assert params["expand"] == "payloads"
    assert params["start"] == "2026-11-20T11:00:00Z"


@pytest.mark.parametrize("status", [401, 403, 404, 500])
def test_a_list_that_may_not_be_read_stops_nothing(status: int) -> None:
    got = used(says(status, {"detail": "x"}), lambda fal: fal.sent(ENDPOINT, SINCE))
    assert isinstance(got, answer.Trouble)


def test_a_list_without_end_and_one_of_another_form() -> None:
    endless = says(200, {"items": [], "next_cursor": "again"})
    assert isinstance(used(endless, lambda fal: fal.sent(ENDPOINT, SINCE)), answer.Trouble)
    assert isinstance(used(says(200, []), lambda fal: fal.sent(ENDPOINT, SINCE)), answer.Trouble)


# --- the key, and where it goes


def test_the_key_shows_itself_nowhere() -> None:
    key = KEY
    assert SECRET not in f"{key!r}{key}{[key]}{vars(Key)}"
    with pytest.raises(TypeError):
        pickle.dumps(key)
    assert "s3cr3t" not in key.scrub(f"Key {SECRET} and s3cr3t-half alone")


def test_a_message_with_the_key_in_it_is_scrubbed() -> None:
    echo = says(500, {"detail": f"bad header 'Key {SECRET}'"})
    got = submit(echo)
    assert isinstance(got, answer.Unsure)
    assert "s3cr3t" not in got.reason
    raised = submit(raises(httpx.ReadError(f"lost {SECRET}")))
    assert isinstance(raised, answer.Unsure)
    assert "s3cr3t" not in raised.reason


@pytest.mark.parametrize("status", [400, 401, 402, 403, 422])
def test_an_error_that_tells_the_key_is_kept_without_it(status: int) -> None:
    echo = says(status, model_error("content_policy_violation", f"bad key {SECRET}"))
    got = submit(echo)
    assert isinstance(got, answer.Locked | answer.NotTaken)
    ended = result(echo, "bad_request")
    assert isinstance(ended, answer.Locked | answer.Broken)
    for fault in (got.fault, ended.fault):
        assert "bad key …" in fault.message
        assert "s3cr3t" not in fault.message


@pytest.mark.parametrize("before", range(150, 210, 5))
def test_a_key_at_the_end_of_an_excerpt_is_not_cut_into_a_half_that_shows(before: int) -> None:
    got = submit(lambda _r: httpx.Response(500, text=f"{'x' * before}{SECRET}"))
    assert isinstance(got, answer.Unsure)
    assert "id-1" not in got.reason


def test_a_key_is_read_as_fals_own_client_does() -> None:
    assert key_of({"FAL_KEY": " a:b "}).header == {"Authorization": "Key a:b"}
    halves = {"FAL_KEY_ID": "a", "FAL_KEY_SECRET": "b"}
    assert key_of(halves).header == {"Authorization": "Key a:b"}
    for environment in ({}, {"FAL_KEY": " "}, {"FAL_KEY_ID": "a"}):
        with pytest.raises(MissingKey):
            key_of(environment)


@pytest.mark.parametrize(
    ("url", "safe"),
    [
        ("https://queue.fal.run", True),
        ("http://127.0.0.1:8000", True),
        ("http://localhost:1", True),
        ("http://[::1]:1", True),
        ("http://queue.fal.run", False),
        ("https://user:pass@queue.fal.run", False),
        ("http://127.0.0.1.evil.test", False),
        ("ftp://x", False),
        ("https://[bad", False),
        ("", False),
    ],
)
def test_which_addresses_are_safe(url: str, safe: bool) -> None:  # noqa: FBT001 - a column
    assert is_safe(url) is safe


@pytest.mark.parametrize(
    "url",
    [
        "https://evil.test/x",
        "https://queue.fal.run.evil.test/x",
        "https://queue.fal.run:444/x",
        "https://queue.fal.run@evil.test/x",
        "http://queue.fal.run/x",
    ],
)
def test_the_key_goes_to_no_other_host(url: str) -> None:
    assert not Addresses().is_ours(url)

    async def run() -> object:
        wire = Wire(KEY, Addresses(), httpx.MockTransport(says(200)))
        got = await wire.keyed("GET", url)
        await wire.close()
        return got

    assert not isinstance(asyncio.run(run()), httpx.Response)


def test_with_a_stand_in_the_key_does_not_go_to_fals_queue_by_a_returned_address() -> None:
    local = addresses_of({"STORYBOARD_FAL_QUEUE_URL": "http://127.0.0.1:9/queue/"})
    assert local.queue == "http://127.0.0.1:9/queue"
    assert not local.is_ours("https://queue.fal.run/x")
    assert local.to_queue("https://queue.fal.run/a/b") == "http://127.0.0.1:9/queue/a/b"


def test_an_address_in_the_environment_must_be_safe() -> None:
    with pytest.raises(BadAddress, match="STORYBOARD_FAL_API_URL") as caught:
        addresses_of({"STORYBOARD_FAL_API_URL": "http://api.fal.ai"})
    assert "https" in caught.value.help


def test_a_keyed_redirect_is_not_followed() -> None:
    seen = []

    def handler(request: httpx.Request) -> httpx.Response:
        seen.append(request.url.host)
        return httpx.Response(307, headers={"location": "https://evil.test/"})

    submit(handler)
    used(handler, lambda fal: fal.status(TICKET))
    assert seen == ["queue.fal.run", "queue.fal.run"]


def test_the_longest_wait_is_the_endpoints_own() -> None:
    catalogue = load()
    fal = connect(KEY, Addresses(), catalogue, Network())
    assert fal.longest_wait(catalogue.voices[0].id) == catalogue.voices[0].longest_wait
    assert fal.longest_wait(EndpointId("new/one")) == 3600


# --- what a broken or boundless answer does


BROKEN_RECORD = ssl.SSLError(1, "[SSL: DECRYPTION_FAILED_OR_BAD_RECORD_MAC]")


class Breaks(httpx.AsyncByteStream):
    """A body that begins, and ends in a broken TLS record."""

    async def __aiter__(self) -> AsyncIterator[bytes]:
        yield b"{"
        raise BROKEN_RECORD


def breaks(_request: httpx.Request) -> httpx.Response:
    return httpx.Response(200, stream=Breaks())


@pytest.mark.parametrize("handler", [raises(BROKEN_RECORD), breaks])
def test_a_broken_tls_record_is_the_networks_fault_everywhere(
    handler: Handler, tmp_path: Path
) -> None:
    got = submit(handler)
    assert isinstance(got, answer.Unsure)
    assert "SSLError" in got.reason
    assert isinstance(used(handler, lambda fal: fal.status(TICKET)), answer.Trouble)
    assert isinstance(result(handler), answer.Trouble)
    assert isinstance(used(handler, lambda fal: fal.cancel(TICKET)), answer.Trouble)
    since = datetime(2026, 1, 1, tzinfo=UTC)
    assert isinstance(used(handler, lambda fal: fal.sent(ENDPOINT, since)), answer.Trouble)
    file = tmp_path / "a.png"
    file.write_bytes(b"x")
    assert isinstance(used(handler, lambda fal: fal.upload(file, DIGEST)), answer.Trouble)

    def announced(request: httpx.Request) -> httpx.Response | Awaitable[httpx.Response]:
        if request.method == "PUT":
            return handler(request)
        urls = {"upload_url": "https://x.test/put", "file_url": "https://x.test/a"}
        return httpx.Response(200, json=urls)

    assert isinstance(used(announced, lambda fal: fal.upload(file, DIGEST)), answer.Trouble)
    assert isinstance(fetch(handler, tmp_path / "part"), answer.Trouble)


def test_a_disk_that_refuses_a_download_is_not_the_networks_fault(tmp_path: Path) -> None:
    with pytest.raises(StoreProblem, match="could not be written"):
        fetch(lambda _request: streamed(b"clip"), tmp_path / "gone" / "part")


@pytest.mark.parametrize("place", [10**400, -1, True, 2.5, "3", None, [1]])
def test_a_place_in_the_queue_that_is_none_is_left_out(place: object) -> None:
    said = says(200, {"status": "IN_QUEUE", "queue_position": place})
    assert used(said, lambda fal: fal.status(TICKET)) == answer.InQueue(None)


@pytest.mark.parametrize("status", [200, 401, 404, 422, 500])
def test_no_answer_is_read_without_a_bound(status: int, tmp_path: Path) -> None:
    bomb = gzip.compress(b'{"detail": "' + b"x" * 50_000_000)

    def handler(_request: httpx.Request) -> httpx.Response:
        return httpx.Response(status, stream=Once(bomb), headers={"content-encoding": "gzip"})

    file = tmp_path / "a.png"
    file.write_bytes(b"x")
    since = datetime(2026, 1, 1, tzinfo=UTC)
    calls: tuple[Callable[[Fal], Awaitable[object]], ...] = (
        lambda fal: fal.submit(ENDPOINT, BODY),
        lambda fal: fal.status(TICKET),
        lambda fal: fal.result(TICKET, answer.Completed()),
        lambda fal: fal.cancel(TICKET),
        lambda fal: fal.upload(file, DIGEST),
    )
    tracemalloc.start()
    for call in calls:
        assert used(handler, call) is not None
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 10 * MOST
    assert isinstance(used(handler, lambda fal: fal.sent(ENDPOINT, since)), answer.Trouble)


def test_an_accepted_request_is_known_by_its_head_whatever_its_body_is() -> None:
    def handler(_request: httpx.Request) -> httpx.Response:
        headers = {"content-encoding": "br", "x-fal-request-id": "r1"}
        return httpx.Response(200, stream=Once(b"?"), headers=headers)

    assert submit(handler) == TAKEN


class Once(httpx.AsyncByteStream):
    """Bytes as they come over a connection."""

    def __init__(self, data: bytes) -> None:
        self.data = data

    async def __aiter__(self) -> AsyncIterator[bytes]:
        yield self.data
