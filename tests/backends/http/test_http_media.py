import asyncio
import gzip
import json
import ssl
import zlib
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import httpx
import pytest
from wires import Handler, wired

from storyboard.backends.http import Patience, Wanted, download
from storyboard.provider import answer

CLIP = bytes(range(256)) * 40
ETAG = '"clip-1"'
URL = "https://media.test/x.mp4"


def fetched(
    handler: Handler, to: Path, patience: Patience | None = None, most: int = 1 << 20
) -> answer.Download:
    wanted = Wanted(to, lambda _part: None, most, patience or Patience())
    return wired(handler, lambda wire: download(wire, URL, wanted, asyncio.Semaphore(1)))


class Torn(httpx.AsyncByteStream):
    """Some bytes, then what a network does."""

    def __init__(self, data: bytes, then: Callable[[], Exception]) -> None:
        self._data = data
        self._then = then

    async def __aiter__(self) -> AsyncIterator[bytes]:
        for at in range(0, len(self._data), 1000):
            yield self._data[at : at + 1000]
        raise self._then()


def whole(request: httpx.Request) -> httpx.Response:
    """Answer as a server with ranges and validators does."""
    asked = request.headers.get("range")
    head = {"etag": ETAG, "accept-ranges": "bytes"}
    if asked and request.headers.get("if-range") == ETAG:
        start = int(asked.removeprefix("bytes=").removesuffix("-"))
        head["content-range"] = f"bytes {start}-{len(CLIP) - 1}/{len(CLIP)}"
        return httpx.Response(206, headers=head, stream=Bytes(CLIP[start:]))
    return httpx.Response(200, headers=head, stream=Bytes(CLIP))


def torn(
    size: int, head: dict[str, str] | None = None, then: Callable[[], Exception] | None = None
) -> Handler:
    """Answer with the first bytes of the clip."""
    named = {"etag": ETAG} if head is None else head
    headers = {"content-length": str(len(CLIP)), **named}
    lost = then or (lambda: httpx.ReadError("reset"))
    return lambda _request: httpx.Response(200, headers=headers, stream=Torn(CLIP[:size], lost))


def test_a_download_goes_on_where_it_stopped(tmp_path: Path) -> None:
    asked = []

    def handler(request: httpx.Request) -> httpx.Response:
        asked.append((request.headers.get("range"), request.headers.get("if-range")))
        return torn(4000)(request) if len(asked) == 1 else whole(request)

    to = tmp_path / "a.part"
    assert isinstance(fetched(handler, to), answer.Trouble)
    assert fetched(handler, to) == answer.Fetched(len(CLIP))
    assert to.read_bytes() == CLIP
    assert asked == [(None, None), ("bytes=4000-", ETAG)]
    assert [one.name for one in tmp_path.iterdir()] == ["a.part"]
    fetched(handler, to)
    assert asked[2] == (None, None)  # what is whole is not gone on with


def test_a_server_without_ranges_starts_again(tmp_path: Path) -> None:
    to = tmp_path / "a.part"
    fetched(torn(4000), to)
    got = fetched(lambda _request: httpx.Response(200, stream=Bytes(CLIP)), to)
    assert got == answer.Fetched(len(CLIP))
    assert to.read_bytes() == CLIP


def test_another_clip_at_the_same_address_starts_again(tmp_path: Path) -> None:
    to = tmp_path / "a.part"
    fetched(torn(4000, {"etag": '"clip-0"'}), to)
    assert fetched(whole, to) == answer.Fetched(len(CLIP))
    assert to.read_bytes() == CLIP


@pytest.mark.parametrize(
    "head",
    [
        {"content-range": f"bytes 0-{len(CLIP) - 1}/{len(CLIP)}"},
        {"content-range": f"bytes 4001-{len(CLIP) - 1}/{len(CLIP)}"},
        {"content-range": f"bytes 4000-5000/{len(CLIP)}"},
        {"content-range": f"bytes 4000-{len(CLIP) - 1}/{len(CLIP)}", "etag": '"another"'},
        {"content-range": "bytes x"},
        {"content-range": f"bytes {'9' * 5000}-1/2"},
        {},
    ],
)
def test_a_part_that_was_not_asked_for_is_never_put_to_the_rest(
    head: dict[str, str], tmp_path: Path
) -> None:
    to = tmp_path / "a.part"
    fetched(torn(4000), to)
    wrong = fetched(
        lambda _request: httpx.Response(206, headers=head, stream=Bytes(CLIP[4000:])), to
    )
    assert isinstance(wrong, answer.Trouble)
    assert fetched(whole, to) == answer.Fetched(len(CLIP))
    assert to.read_bytes() == CLIP
    unasked = tmp_path / "b.part"
    got = fetched(lambda _request: httpx.Response(206, headers=head, stream=Bytes(CLIP)), unasked)
    assert isinstance(got, answer.Trouble)


def asked_next(to: Path) -> str | None:
    """Return what part is asked for of what is there."""
    ranges = []

    def handler(request: httpx.Request) -> httpx.Response:
        ranges.append(request.headers.get("range"))
        return whole(request)

    assert fetched(handler, to) == answer.Fetched(len(CLIP))
    assert to.read_bytes() == CLIP
    return ranges[0]


@pytest.mark.parametrize(
    ("head", "goes_on"),
    [
        ({"etag": ETAG}, True),
        ({"last-modified": "Wed, 21 Oct 2026 07:28:00 GMT"}, True),
        ({"etag": 'W/"weak"', "last-modified": "Wed, 21 Oct 2026 07:28:00 GMT"}, False),
        ({}, False),
    ],
)
def test_only_what_is_surely_the_same_is_gone_on_with(
    head: dict[str, str],
    goes_on: bool,  # noqa: FBT001 - a column
    tmp_path: Path,
) -> None:
    to = tmp_path / "a.part"
    fetched(torn(4000, head), to)
    assert asked_next(to) == ("bytes=4000-" if goes_on else None)


@pytest.mark.parametrize(
    "note",
    [
        "",
        "{",
        "[]",
        '{"size": 4000}',
        json.dumps({"size": 99_999, "validator": ETAG}),
        json.dumps({"size": -1, "validator": ETAG}),
        json.dumps({"size": True, "validator": ETAG}),
        json.dumps({"size": 4000, "validator": ""}),
        json.dumps({"size": 4000, "validator": "a\r\nb: c"}),
        json.dumps({"size": 4000, "validator": "ü"}),
        '{"size": 4000, "validator": "\\ud83d"}',
        "[" * 4000,
    ],
)
def test_a_note_that_does_not_hold_starts_again(note: str, tmp_path: Path) -> None:
    to = tmp_path / "a.part"
    to.write_bytes(CLIP[:4000])
    (tmp_path / "a.note").write_text(note, encoding="utf-8")
    assert asked_next(to) is None


def test_a_download_that_was_killed_starts_again(tmp_path: Path) -> None:
    """What the disk has of it after a power cut is known to nobody."""

    class Killed(BaseException):
        """The process dies here."""

    to = tmp_path / "a.part"
    fetched(torn(4000), to)

    def handler(_request: httpx.Request) -> httpx.Response:
        raise Killed

    with pytest.raises(Killed):
        fetched(handler, to)
    assert asked_next(to) is None


def test_a_trickle_ends_by_its_speed_and_goes_on_later(tmp_path: Path) -> None:
    time = iter(range(0, 10_000, 10))  # ten seconds from look to look, at 1000 bytes each
    slow = Patience(least=200.0, window=15.0, clock=lambda: float(next(time)))
    to = tmp_path / "a.part"
    got = fetched(torn(len(CLIP)), to, slow)
    assert isinstance(got, answer.Trouble)
    assert "too slowly" in got.detail
    size = to.stat().st_size
    assert 0 < size < len(CLIP)
    assert asked_next(to) == f"bytes={size}-"


def test_what_comes_fast_enough_is_not_ended(tmp_path: Path) -> None:
    time = iter(range(0, 10_000, 10))
    patience = Patience(least=50.0, window=15.0, clock=lambda: float(next(time)))
    handler = lambda _request: httpx.Response(200, stream=Bytes(CLIP))  # noqa: E731 - one line
    assert fetched(handler, tmp_path / "a.part", patience) == answer.Fetched(len(CLIP))


class Bytes(httpx.AsyncByteStream):
    """All of the bytes, a thousand at a time."""

    def __init__(self, data: bytes) -> None:
        self._data = data

    async def __aiter__(self) -> AsyncIterator[bytes]:
        for at in range(0, len(self._data), 1000):
            yield self._data[at : at + 1000]


class Endless(httpx.AsyncByteStream):
    """A byte now and then, for ever."""

    async def __aiter__(self) -> AsyncIterator[bytes]:
        yield CLIP[:500]
        while True:
            await asyncio.sleep(60)
            yield b"x"


def test_a_download_has_a_deadline(tmp_path: Path) -> None:
    def handler(_request: httpx.Request) -> httpx.Response:
        return httpx.Response(200, headers={"etag": ETAG}, stream=Endless())

    to = tmp_path / "a.part"
    got = fetched(handler, to, Patience(most=0.2))
    assert isinstance(got, answer.Trouble)
    assert "it took longer than" in got.detail
    assert asked_next(to) == "bytes=500-"


@pytest.mark.parametrize("coding", ["gzip", "x-gzip", "deflate", "GZIP"])
def test_a_clip_that_comes_zipped_unasked_is_unzipped(coding: str, tmp_path: Path) -> None:
    data = zlib.compress(CLIP) if coding == "deflate" else gzip.compress(CLIP)
    head = {"content-encoding": coding, "etag": ETAG, "content-length": str(len(data))}
    to = tmp_path / "a.part"
    got = fetched(lambda _request: httpx.Response(200, headers=head, stream=Bytes(data)), to)
    assert got == answer.Fetched(len(CLIP))
    assert to.read_bytes() == CLIP


def test_zipped_bytes_that_are_torn_or_wrong_or_too_many_cost_one_try(tmp_path: Path) -> None:
    zipped = gzip.compress(CLIP)
    bomb = gzip.compress(bytes(8 << 20))
    for data in (zipped[: len(zipped) // 2], b"no gzip at all", bomb):
        head = {"content-encoding": "gzip", "etag": ETAG}
        to = tmp_path / "a.part"
        got = fetched(
            lambda _r, d=data, h=head: httpx.Response(200, headers=h, stream=Bytes(d)), to
        )  # type: ignore[misc]
        assert isinstance(got, answer.Trouble)
        assert to.stat().st_size <= 1 << 20
        assert asked_next(to) is None  # offsets in what was zipped are none in the clip
    got = fetched(
        lambda _r: httpx.Response(200, headers={"content-encoding": "br"}, stream=Bytes(b"x")), to
    )
    assert isinstance(got, answer.Trouble)


@pytest.mark.parametrize(
    "place", ["https:next", "urn:x:y", "mailto:x", "http://[::1", "//[", "\x7f", "/x" * 40_000]
)
def test_an_odd_redirect_of_a_clip_costs_one_try(place: str, tmp_path: Path) -> None:
    got = fetched(
        lambda _request: httpx.Response(302, headers={"location": place.encode()}),
        tmp_path / "a.part",
    )
    assert isinstance(got, answer.Trouble)


def test_a_redirect_of_a_clip_is_followed(tmp_path: Path) -> None:
    def handler(request: httpx.Request) -> httpx.Response:
        moved = request.url.path == "/x.mp4"
        return httpx.Response(302, headers={"location": "/y.mp4"}) if moved else whole(request)

    assert fetched(handler, tmp_path / "a.part") == answer.Fetched(len(CLIP))


ERRORS = [ssl.SSLError(1, "bad record mac"), OSError("reset"), httpx.InvalidURL("odd"), KeyError(1)]


@pytest.mark.parametrize("error", ERRORS, ids=repr)
def test_a_broken_record_is_the_networks_fault_and_not_the_disks(
    error: Exception, tmp_path: Path
) -> None:
    got = fetched(torn(4000, then=lambda: error), tmp_path / "a.part")
    assert isinstance(got, answer.Trouble)
    assert type(error).__name__ in got.detail
