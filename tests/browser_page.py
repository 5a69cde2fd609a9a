"""Show a page of our own in a headless browser, and hear what it posts back."""

import subprocess
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TypeAlias

Launch: TypeAlias = Callable[[Path, str], list[str]]
"""Return the command that opens an address with a new profile in a folder."""


@contextmanager
def shown(launch: Launch, handler: type[BaseHTTPRequestHandler]) -> Iterator[None]:
    """Serve pages and open the first one in a browser, until the end of the block."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        command = launch(Path(profile), f"http://127.0.0.1:{server.server_port}/")
        quiet = subprocess.DEVNULL
        process = subprocess.Popen(command, stdout=quiet, stderr=quiet)  # noqa: S603 - our own
        try:
            yield
        finally:
            process.terminate()
            process.wait()
            server.shutdown()
            server.server_close()
