import asyncio
import ssl

import httpx
import pytest
from wires import OURS, SECRET, wired

from storyboard.backends.http import Hosts, Key, NoAnswer, NotReached, Wire
from storyboard.backends.http import wire as wire_module
from storyboard.backends.http.network import Network
from storyboard.backends.http.route import location_of

ODD_PLACES = [
    "https:next",
    "urn:x:y",
    "mailto:x",
    "http://[::1",
    "https://x.test:abc/",
    "//",
    "\x7f",
    "https://" + "x" * 70_000,
    "https://evil.test/",
]


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
@pytest.mark.parametrize("place", ODD_PLACES)
def test_a_redirect_is_an_answer_and_no_proof_that_nothing_was_sent(
    place: str, status: int
) -> None:
    """For such an address httpx raised, after the answer, what looked like a bad one of ours."""
    sent = []

    def handler(request: httpx.Request) -> httpx.Response:
        sent.append(request)
        return httpx.Response(status, headers={"location": place.encode()})

    for act in (
        lambda wire: wire.submit(f"{OURS}/x", "{}", {}),
        lambda wire: wire.keyed("GET", f"{OURS}/x"),
        lambda wire: wire.plain("PUT", "https://files.test/x", b"x", {}),
    ):
        sent.clear()
        got = wired(handler, act)
        assert isinstance(got, httpx.Response)
        assert got.status_code == status
        assert location_of(got) == place
        assert len(sent) == 1


@pytest.mark.parametrize(
    "error",
    [
        httpx.InvalidURL("odd"),
        httpx.UnsupportedProtocol("odd"),
        httpx.ReadError("reset"),
        ssl.SSLError("bad record"),
        OSError("odd"),
        ValueError("odd"),
        KeyError("odd"),
        RuntimeError("odd"),
    ],
)
def test_whatever_else_is_raised_leaves_the_outcome_open(error: Exception) -> None:
    def handler(_request: httpx.Request) -> httpx.Response:
        raise error

    got = wired(handler, lambda wire: wire.submit(f"{OURS}/x", "{}", {}))
    assert isinstance(got, NoAnswer)


@pytest.mark.parametrize("kind", [httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout])
def test_three_errors_prove_that_nothing_was_sent(kind: type[httpx.TransportError]) -> None:
    def handler(_request: httpx.Request) -> httpx.Response:
        raise kind("no")

    got = wired(handler, lambda wire: wire.submit(f"{OURS}/x", "{}", {}))
    assert isinstance(got, NotReached)


@pytest.mark.parametrize(
    "url", ["http://files.test/x", "https://[::1/x", "ftp://x", "", "\ud800", "https://x:y@z.test/"]
)
def test_an_address_is_looked_at_before_anything_is_sent(url: str) -> None:
    sent = []

    def handler(request: httpx.Request) -> httpx.Response:
        sent.append(request)
        return httpx.Response(200)

    got = wired(handler, lambda wire: wire.plain("PUT", url, b"x", {}))
    assert isinstance(got, NotReached)
    assert not sent


def test_no_cookie_is_kept() -> None:
    sent = []

    def handler(request: httpx.Request) -> httpx.Response:
        sent.append(request.headers.get("cookie"))
        return httpx.Response(200, headers={"set-cookie": "a=b; Path=/"})

    async def twice(wire: object) -> None:
        for _ in range(2):
            await wire.keyed("GET", f"{OURS}/x")  # type: ignore[attr-defined]

    wired(handler, twice)
    assert sent == [None, None]


def test_what_is_said_of_an_error_is_well_formed_and_without_the_key() -> None:
    def handler(_request: httpx.Request) -> httpx.Response:
        raise httpx.ReadError(f"lost \ud83d {SECRET}")

    got = wired(handler, lambda wire: wire.keyed("GET", f"{OURS}/x"))
    assert got == NoAnswer("ReadError: lost \ufffd …")


def test_a_paid_request_has_a_connection_of_its_own() -> None:
    """One that was kept open may be closed by the other side just as the request is on its way."""
    peers: list[int] = []
    open_ones: set[asyncio.Task[None] | None] = set()

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        peers.append(writer.get_extra_info("peername")[1])
        open_ones.add(asyncio.current_task())
        while await reader.read(1 << 16):
            writer.write(b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}")
        writer.close()
        await writer.wait_closed()

    async def run() -> None:
        server = await asyncio.start_server(answer, "127.0.0.1", 0)
        url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/x"
        wire: Wire[Hosts] = Wire(Key(SECRET, "Key"), Anybodys(), Network())
        for _ in range(3):
            assert isinstance(await wire.submit(url, "{}", {}), httpx.Response)
        await wire.close()
        server.close()
        await asyncio.gather(*filter(None, open_ones))

    asyncio.run(run())
    assert len(set(peers)) == 3


def test_an_answer_that_never_ends_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wire_module, "_LONGEST", 0.01)

    async def never(_request: httpx.Request) -> httpx.Response:
        await asyncio.Event().wait()
        raise AssertionError

    for act in (
        lambda wire: wire.submit(f"{OURS}/x", "{}", {}),
        lambda wire: wire.keyed("GET", f"{OURS}/x"),
    ):
        assert isinstance(wired(never, act), NoAnswer)


class Anybodys:
    """Every host may see the key."""

    def is_ours(self, url: str) -> bool:
        """Tell that it is."""
        return bool(url)
