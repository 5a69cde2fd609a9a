"""Ended requests into a file of charges: one JSON line each, what was paid and for what."""

import json
import os
from datetime import UTC, datetime
from pathlib import Path

from storyboard.emulator.entry import Charge, Entry, RequestId


class Ledger:
    """The file of charges. A request is charged once, however often the server dies."""

    def __init__(self, path: Path) -> None:
        """Go on with the file at `path`, or begin it."""
        self.path = path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
        lines = path.read_text(encoding="utf-8").splitlines()
        self._charged = {RequestId(json.loads(line)["request_id"]) for line in lines if line}

    def charge(self, entry: Entry, charge: Charge, at: float) -> None:
        """Write a charge; nothing happens where the request has one already."""
        if entry.id in self._charged:
            return
        line = {
            "version": 1,
            "request_id": entry.id,
            "endpoint": entry.endpoint,
            "seconds": charge.seconds,
            "usd": str(charge.dollars),
            "body_digest": entry.digest,
            "at": iso(at),
        }
        with self.path.open("a", encoding="utf-8") as file:
            file.write(json.dumps(line) + "\n")
            file.flush()
            os.fsync(file.fileno())
        self._charged.add(entry.id)


def iso(at: float) -> str:
    """Write seconds since 1970 as a time in UTC."""
    return datetime.fromtimestamp(at, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
