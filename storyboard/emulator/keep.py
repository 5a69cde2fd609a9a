"""The stand-in's folder: accepted requests and uploaded files, so that they outlive its process."""

import hashlib
import json
import re
import secrets
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from storyboard.emulator.entry import (
    Charge,
    ClipKind,
    Entry,
    Failure,
    Json,
    Outcome,
    Priority,
    RequestId,
    Video,
    Voice,
)

UPLOAD = re.compile(r"/files/uploads/(?P<id>[0-9a-f]{16})/")


LEAKS = "leaks.jsonl"
"""The file of calls that carried a key to where files are."""


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that was announced; its bytes are there once `digest` is not None."""

    id: str
    name: str
    content_type: str
    digest: str | None


@dataclass(frozen=True, slots=True)
class Cancellation:
    """A request was cancelled at so many seconds since 1970."""

    id: RequestId
    at: float


class Keep:
    """The folder. What is written in it is there for the next process."""

    def __init__(self, folder: Path) -> None:
        """Use a folder, made where it is not there."""
        self.folder = folder
        (folder / "uploads").mkdir(parents=True, exist_ok=True)
        self._requests = folder / "requests.jsonl"
        self._requests.touch()
        self._known: dict[str, Upload] = {}

    def write(self, line: Entry | Cancellation) -> None:
        """Add a line to the requests. The system has it when this returns, the disk may not yet."""
        match line:
            case Entry():
                kind = type(line.outcome).__name__
                record = {"accepted": {**asdict(line), "kind": kind}}
            case Cancellation():
                record = {"cancelled": asdict(line)}
        with self._requests.open("a", encoding="utf-8") as file:
            file.write(json.dumps(record, default=str) + "\n")

    def read(self) -> Iterator[Entry | Cancellation]:
        """Read back what was written, in order."""
        for line in self._requests.read_text(encoding="utf-8").splitlines():
            record = json.loads(line)
            if "accepted" in record:
                yield _entry(record["accepted"])
            else:
                yield Cancellation(**record["cancelled"])

    def note_key(self, method: str, path: str) -> None:
        """Note a call that carried a key to where files are."""
        with (self.folder / LEAKS).open("a", encoding="utf-8") as file:
            file.write(json.dumps({"method": method, "path": path}) + "\n")

    def announce(self, name: str, content_type: str) -> Upload:
        """Make room for a file."""
        upload = Upload(secrets.token_hex(8), _safe(name), content_type, None)
        self._path(upload.id).mkdir()
        self._note(upload)
        return upload

    def put(self, upload: Upload, data: bytes) -> Upload:
        """Keep a file's bytes."""
        (self._path(upload.id) / "data").write_bytes(data)
        whole = Upload(
            upload.id, upload.name, upload.content_type, hashlib.sha256(data).hexdigest()
        )
        self._note(whole)
        return whole

    def put_part(self, upload: Upload, number: int, data: bytes) -> str:
        """Keep a part of a file; return its etag."""
        (self._path(upload.id) / f"part-{number}").write_bytes(data)
        return hashlib.md5(data, usedforsecurity=False).hexdigest()

    def join(self, upload: Upload, numbers: list[int]) -> Upload | None:
        """Make a file of its parts; None where a part is missing."""
        parts = [self._path(upload.id) / f"part-{number}" for number in numbers]
        if not parts or not all(part.exists() for part in parts):
            return None
        return self.put(upload, b"".join(part.read_bytes() for part in parts))

    def upload(self, name: str) -> Upload | None:
        """Find an upload by its id."""
        if name not in self._known:
            note = self._path(name) / "upload.json"
            if not re.fullmatch(r"[0-9a-f]{16}", name) or not note.exists():
                return None
            self._known[name] = Upload(**json.loads(note.read_text(encoding="utf-8")))
        return self._known[name]

    def data(self, upload: Upload) -> Path:
        """Tell where an upload's bytes lie."""
        return self._path(upload.id) / "data"

    def fetchable(self, url: str) -> bool:
        """Tell whether a URL can be downloaded: a foreign one is believed, an own one looked up."""
        own = UPLOAD.search(url)
        if own is None:
            return True
        upload = self.upload(own["id"])
        return upload is not None and upload.digest is not None

    def digest(self, endpoint: str, body: Json) -> str:
        """Return the digest of a request, with files of the stand-in known by their contents."""
        meant = json.dumps([endpoint, self._meant(body)], sort_keys=True, ensure_ascii=False)
        return hashlib.sha256(meant.encode()).hexdigest()

    def _meant(self, value: object) -> object:
        match value:
            case str():
                own = UPLOAD.search(value)
                upload = self.upload(own["id"]) if own else None
                return f"sha256:{upload.digest}" if upload else value
            case list():
                return [self._meant(one) for one in value]
            case dict():
                return {key: self._meant(one) for key, one in value.items()}
            case _:
                return value

    def _note(self, upload: Upload) -> None:
        self._known[upload.id] = upload
        text = json.dumps(asdict(upload))
        (self._path(upload.id) / "upload.json").write_text(text, encoding="utf-8")

    def _path(self, name: str) -> Path:
        return self.folder / "uploads" / name


def _safe(name: str) -> str:
    """Keep of a file's name what may stand in a URL's path."""
    return re.sub(r"[^A-Za-z0-9._-]", "_", name)[-80:] or "file"


def _entry(record: dict[str, Any]) -> Entry:
    kind = record.pop("kind")
    outcome = _outcome(kind, record["outcome"])
    priority = Priority(record.get("priority", Priority.NORMAL))
    return Entry(**{**record, "outcome": outcome, "priority": priority})


def _outcome(kind: str, record: dict[str, Any]) -> Outcome:
    charge = record.pop("charge")
    cost = (
        Charge(charge["seconds"], charge["units"], Decimal(charge["dollars"])) if charge else None
    )
    match kind, cost:
        case "Video", Charge():
            return Video(**{**record, "kind": ClipKind(record["kind"]), "charge": cost})
        case "Voice", Charge():
            return Voice(**record, charge=cost)
        case _:
            return Failure(**record, charge=cost)
