import asyncio
import socket
import threading

import httpx
import pytest
from wires import OURS, wired

from storyboard.backends.http import Key, Network, Wire, network_of
from storyboard.backends.http.route import location_of


@pytest.mark.parametrize("status", [200, 202, 304, 400])
def test_only_a_redirect_leads_elsewhere(status: int) -> None:
    headers = {"location": "https://elsewhere.test/"}
    got = wired(
        lambda _request: httpx.Response(status, headers=headers),
        lambda wire: wire.keyed("GET", f"{OURS}/x"),
    )
    assert isinstance(got, httpx.Response)
    assert location_of(got) is None


class Everything:
    """All of it is the provider's."""

    def is_ours(self, url: str) -> bool:
        """Say yes."""
        return bool(url)


class Server:
    """A socket that answers a few connections alike, and keeps what it was told first."""

    def __init__(self, answers: list[bytes]) -> None:
        self.heard: list[bytes] = []
        self._answers = answers
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.port = self._socket.getsockname()[1]
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()

    def _serve(self) -> None:
        try:
            connection, _ = self._socket.accept()
        except OSError:  # closed: nobody came
            return
        with connection:
            for one in self._answers:
                self.heard.append(connection.recv(65536))
                connection.sendall(one)

    def close(self) -> None:
        """Stop, and know all that was heard."""
        self._socket.shutdown(socket.SHUT_RDWR)
        self._socket.close()
        self._thread.join()


OK = b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\nconnection: close\r\n\r\nok"


def asked(network: Network, url: str) -> httpx.Response:
    async def run() -> object:
        wire = Wire(Key("a:b", "Key"), Everything(), network)
        try:
            return await wire.keyed("GET", url)
        finally:
            await wire.close()

    got = asyncio.run(run())
    assert isinstance(got, httpx.Response), got
    return got


@pytest.mark.parametrize("name", ["HTTP_PROXY", "http_proxy", "ALL_PROXY", "https_proxy"])
def test_an_address_of_this_machine_goes_through_no_proxy(name: str) -> None:
    proxy, server = Server([OK]), Server([OK])
    try:
        network = network_of({name: f"http://127.0.0.1:{proxy.port}"})
        assert asked(network, f"http://127.0.0.1:{server.port}/x").text == "ok"
    finally:
        proxy.close()
        server.close()
    assert proxy.heard == []
    assert b"authorization: key a:b" in server.heard[0].lower()


def test_a_proxy_is_used_for_what_is_elsewhere() -> None:
    proxy = Server([b"HTTP/1.1 200 OK\r\n\r\n"])
    try:
        network = network_of({"HTTPS_PROXY": f"http://127.0.0.1:{proxy.port}"})
        with pytest.raises(AssertionError, match=r"NotReached|NoAnswer"):
            asked(network, "https://ours.test/x")  # it is no TLS that comes next
    finally:
        proxy.close()
    assert proxy.heard[0].startswith(b"CONNECT ours.test:443 ")


def test_a_socks_proxy_works() -> None:
    """Up to the TLS that would follow: it is greeted, and told where to connect."""
    proxy = Server([b"\x05\x00", b"\x05\x00\x00\x01\x00\x00\x00\x00\x00\x00"])
    try:
        network = network_of({"ALL_PROXY": f"socks5://127.0.0.1:{proxy.port}"})
        with pytest.raises(AssertionError, match=r"NotReached|NoAnswer"):
            asked(network, "https://ours.test/x")
    finally:
        proxy.close()
    greeting, connect = proxy.heard
    assert greeting.startswith(b"\x05")
    assert b"ours.test" in connect
