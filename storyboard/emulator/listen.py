"""An application into a server on loopback ports that can refuse connections and die."""

import asyncio
import json
import socket
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict, dataclass
from functools import partial
from typing import Any

import uvicorn
from starlette.types import ASGIApp, Receive, Scope, Send
from uvicorn.protocols.http.h11_impl import H11Protocol

from storyboard.emulator.hosts import LOOPBACK, Ports, Secure, bind, number
from storyboard.emulator.mangle import ABORT, SPOIL
from storyboard.emulator.tunnel import tunnel_to

_BACKLOG = 2048
_KEEP_S = 60
"""Seconds that a connection is kept for its next call: it is not to die by itself."""


@dataclass(frozen=True, slots=True)
class Urls:
    """Where a stand-in is reached: the first line that it writes.

    `proxy_url` and `ca_file` are for programs that take no base URLs: the values of `HTTPS_PROXY`
    and `SSL_CERT_FILE` with which they find the stand-in at fal's own names.
    """

    queue_url: str
    rest_url: str
    api_url: str
    proxy_url: str | None = None
    ca_file: str | None = None

    def line(self) -> str:
        """Write it as one line of JSON."""
        return json.dumps({key: one for key, one in asdict(self).items() if one is not None})


class Abortable(H11Protocol):
    """uvicorn's connection, with the means to kill it put into the scope of each call.

    ASGI has no word for a connection that dies without an answer, and that is what has to be
    shown here.
    """

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Wrap the application for this one connection."""
        super().connection_made(transport)  # type: ignore[arg-type]  # uvicorn's narrower type
        app: Any = self.app
        abort = self.transport.abort
        spoil = partial(_write_below, self.transport)

        async def abortable(scope: Scope, receive: Receive, send: Send) -> None:
            scope.setdefault("extensions", {}).update({ABORT: abort, SPOIL: spoil})
            await app(scope, receive, send)

        self.app: Any = abortable


def _write_below(transport: asyncio.BaseTransport, data: bytes) -> None:
    """Write to a connection's own socket, below TLS where there is any."""
    own = transport.get_extra_info("socket")
    with socket.fromfd(own.fileno(), own.family, own.type) as other, suppress(OSError):
        other.send(data)  # an OSError: the caller has hung up


class Listener(uvicorn.Server):
    """uvicorn's server, with outages."""

    def __init__(self, app: ASGIApp, ports: Ports, ready: Callable[[], None]) -> None:
        """Serve `app` on bound sockets; `ready` is called once it listens."""
        config = uvicorn.Config(
            app,
            http=Abortable,
            ws="none",
            lifespan="off",
            log_config=None,
            access_log=False,
            backlog=_BACKLOG,
            timeout_keep_alive=_KEEP_S,
            timeout_graceful_shutdown=1,
        )
        super().__init__(config)
        self._ports = ports
        self._ready = ready
        self._closed = False
        self._ending = asyncio.Event()
        self._back: asyncio.Task[None] | None = None
        self._proxy: asyncio.Server | None = None
        # uvicorn's own `started` is true before the sockets here listen.
        self.listening = threading.Event()

    @property
    def secure_port(self) -> int | None:
        """The port on which all of fal's hosts are, where there is TLS."""
        return number(self._ports.secure.port) if self._ports.secure else None

    def run_until_told(self) -> None:
        """Serve until `should_exit` is set or a signal comes."""
        self.run(sockets=[])

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Listen, then say so."""
        await super().startup(sockets)
        await self._listen(self._ports)
        if (secure := self._ports.secure) is not None:
            handle = tunnel_to(LOOPBACK, number(secure.port))
            self._proxy = await asyncio.start_server(handle, sock=secure.proxy)
        self.listening.set()
        self._ready()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Stop at once: nobody is owed an answer by a stand-in, and silences would hold it up."""
        if self._proxy is not None:
            self._proxy.close()
        self._ending.set()
        if self._back is not None:
            await self._back
        self._closed = True
        await self._stop_listening()
        self._abort()
        # Twice round the loop: connections are told of their end, then their calls end.
        await asyncio.sleep(0)
        await super().shutdown(sockets)
        # Callers that were let in while all this went on.
        self._abort()
        await asyncio.sleep(0)

    async def refuse(self, seconds: float) -> None:
        """Refuse connections for so long; answers under way are still given."""
        await self._outage(seconds)
        for connection in list(self.server_state.connections):
            connection.shutdown()

    async def die(self, seconds: float) -> None:
        """Kill every connection now, and be back after so long."""
        await self._outage(seconds)
        self._abort()

    def _abort(self) -> None:
        for connection in list(self.server_state.connections):
            if connection.transport is not None:
                connection.transport.abort()

    async def _listen(self, ports: Ports) -> None:
        loop = asyncio.get_running_loop()
        make = partial(Abortable, config=self.config, server_state=self.server_state, app_state={})
        self.servers = [
            await loop.create_server(make, sock=ports.main, backlog=_BACKLOG),
            await loop.create_server(make, sock=ports.media, backlog=_BACKLOG),
        ]
        if (secure := ports.secure) is not None:
            self.servers.append(
                await loop.create_server(
                    make, sock=secure.port, ssl=secure.context, backlog=_BACKLOG
                )
            )
        self._closed = False

    async def _outage(self, seconds: float) -> None:
        if self._closed:
            return
        self._closed = True
        numbers = [number(server.sockets[0]) for server in self.servers]
        await self._stop_listening()
        # Bound again at once: nobody else gets them meanwhile. Who calls is refused all the same
        # until they are listened on.
        main, media, *more = (bind(one) for one in numbers)
        before = self._ports.secure
        secure = before and Secure(more[0], before.proxy, before.context, before.ca_file)
        self._ports = Ports(main, media, secure)
        self._back = asyncio.create_task(self._listen_again(seconds))

    async def _stop_listening(self) -> None:
        """Close the listening sockets, after those who were let in have their connection.

        A server of asyncio that is closed between letting somebody in and making the connection
        loses that socket, and never closes it.
        """
        loop = asyncio.get_running_loop()
        for server in self.servers:
            for sock in server.sockets:
                loop.remove_reader(sock.fileno())
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        for server in self.servers:
            server.close()

    async def _listen_again(self, seconds: float) -> None:
        """Wait for the outage to be over, and listen; where the server ends first, let all go."""
        with suppress(TimeoutError):
            await asyncio.wait_for(self._ending.wait(), seconds)
        if not self._ending.is_set():
            await self._listen(self._ports)
            return
        for sock in self._ports.public:
            sock.close()
