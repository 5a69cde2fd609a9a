"""The names under which fal is called, and what is needed to listen as them."""

import socket
import ssl
from dataclasses import dataclass
from pathlib import Path

LOOPBACK = "127.0.0.1"
FAL_HOSTS = (
    "fal.run",
    "queue.fal.run",
    "queue.falrun.com",
    "rest.fal.ai",
    "api.fal.ai",
    "v3.fal.media",
)
"""The hosts that fal's own clients call."""


@dataclass(frozen=True, slots=True)
class Secure:
    """Bound sockets for fal's hosts and for the proxy that leads to them.

    A client has to be told to believe the authority in `ca_file`.
    """

    port: socket.socket
    proxy: socket.socket
    context: ssl.SSLContext
    ca_file: Path


@dataclass(frozen=True, slots=True)
class Ports:
    """Bound sockets: for calls, for files, and those with TLS."""

    main: socket.socket
    media: socket.socket
    secure: Secure | None

    @property
    def public(self) -> tuple[socket.socket, ...]:
        """Return the sockets on which the stand-in itself is; the proxy's is not among them."""
        return (self.main, self.media, *((self.secure.port,) if self.secure else ()))


def bind(port: int) -> socket.socket:
    """Take a port of this machine's own address; 0 takes any free one."""
    sock = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    sock.bind((LOOPBACK, port))
    return sock


def number(sock: socket.socket) -> int:
    """Return the port of a bound socket."""
    name: tuple[str, int] = sock.getsockname()
    return name[1]


def url(sock: socket.socket) -> str:
    """Return the URL of a bound socket."""
    return f"http://{LOOPBACK}:{number(sock)}"
