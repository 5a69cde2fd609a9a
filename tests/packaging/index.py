"""Serve a package index on loopback, of locked releases and newer ones, and note what is asked."""

import hashlib
import io
import threading
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib.metadata import Distribution, PackageNotFoundError, distribution

from locks import Pin

NEWER = "9999.0"
"""A release that every package has in the index, and no lock file knows."""

_MADE_BY_PIP = {"RECORD", "INSTALLER", "REQUESTED", "direct_url.json"}


@dataclass(frozen=True, slots=True)
class Index:
    """An index under way; `asked` are the paths that were asked for, in order."""

    url: str
    asked: list[str] = field(default_factory=list)


def file_name(name: str, version: str) -> str:
    """Return the name of a package's wheel."""
    return f"{name.replace('-', '_')}-{version}-py3-none-any.whl"


def stub(name: str, version: str) -> bytes:
    """Return a wheel without modules that depends on what the real package here depends on."""
    lines = [f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}"]
    try:
        real = distribution(name).metadata
    except PackageNotFoundError:  # on other systems and Pythons, or of the mutation tests
        pass
    else:
        for key in ("Requires-Dist", "Provides-Extra"):
            lines += [f"{key}: {one}" for one in real.get_all(key, [])]
    return _wheel(name, version, {"METADATA": "\n".join(lines) + "\n"}, {})


def repacked(name: str, version: str) -> bytes:
    """Return a wheel of a pure package as it is installed here."""
    here: Distribution = distribution(name)
    assert here.version == version
    info, modules = {}, {}
    for path in here.files or ():
        if path.parts[0].endswith(".dist-info"):
            if path.name not in _MADE_BY_PIP:
                info["/".join(path.parts[1:])] = path.read_text()
        elif path.parts[0] != ".." and path.suffix != ".pyc":
            modules[path.as_posix()] = path.read_text()
    return _wheel(name, version, info, modules)


def lock_text(pins: Sequence[Pin], wheels: Mapping[str, bytes]) -> str:
    """Return a lock file with the same lines, and the hashes of the index's wheels."""
    digests = [_digest(wheels[file_name(pin.name, pin.version)]) for pin in pins]
    return "".join(
        f"{pin.requirement} \\\n    --hash=sha256:{digest}\n"
        for pin, digest in zip(pins, digests, strict=True)
    )


@contextmanager
def serving(wheels: Mapping[str, bytes]) -> Iterator[Index]:
    """Serve wheels as an index does, until the block ends."""
    index = Index("")

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            index.asked.append(self.path)
            match self.path.strip("/").split("/"):
                case ["simple", name]:
                    body = _listing(name, wheels)
                case ["files", name] if name in wheels:
                    body = wheels[name]
                case _:
                    body = None
            self.send_response(200 if body else 404)
            self.send_header("Content-Type", "text/html")
            self.send_header("Content-Length", str(len(body or b"")))
            self.end_headers()
            self.wfile.write(body or b"")

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield Index(f"http://127.0.0.1:{server.server_port}/simple", index.asked)
    finally:
        server.shutdown()
        server.server_close()


def _listing(name: str, wheels: Mapping[str, bytes]) -> bytes:
    """Return the page that lists a package's files; empty if there is none."""
    prefix = file_name(name, "")[: -len("-py3-none-any.whl")]
    return "".join(
        f'<a href="/files/{file}#sha256={_digest(data)}">{file}</a>\n'
        for file, data in wheels.items()
        if file.startswith(prefix)
    ).encode()


def _wheel(name: str, version: str, info: Mapping[str, str], modules: Mapping[str, str]) -> bytes:
    folder = f"{name.replace('-', '_')}-{version}.dist-info"
    about = "Wheel-Version: 1.0\nGenerator: tests\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
    files = {**modules, f"{folder}/WHEEL": about}
    files |= {f"{folder}/{path}": text for path, text in info.items() if path != "WHEEL"}
    record = f"{folder}/RECORD"
    files[record] = "".join(f"{path},,\n" for path in (*files, record))
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        for path, text in files.items():
            archive.writestr(zipfile.ZipInfo(path), text)
    return data.getvalue()


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
