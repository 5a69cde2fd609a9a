"""Read a lock in its canonical form, fast: what is not letter by letter as it is written is None.

Blocks are matched whole by regular expressions. What was read is written again and compared: so
nothing in the file can be passed over, and both readers find the same value.
"""

import json
import re
from datetime import datetime
from decimal import Decimal
from fractions import Fraction
from functools import cache, lru_cache

from storyboard.catalogue import EndpointId
from storyboard.diagnostics import Span
from storyboard.jobs import JobDigest, ShotDigest
from storyboard.lock.decision import (
    Approval,
    Decision,
    LockedTake,
    Pick,
    SeenShot,
    Superseded,
    Verdict,
    is_beyond,
)
from storyboard.lock.lock_text import HEADS, NO_WORDS, PLAIN, text
from storyboard.lock.locked import (
    VERSION,
    Lock,
    LockedClips,
    LockedFile,
    LockedShot,
    Override,
    ShotKind,
)
from storyboard.model import (
    AspectRatio,
    ClipDigest,
    FileDigest,
    Seconds,
    ShotName,
    Usd,
)

_QUOTED = r'"(?:[^"\\\n]|\\.)*"'
_TEXT = rf"({PLAIN}|{_QUOTED})"
_DIGEST = r"([0-9a-f]{64})"
_LENGTH = r"([0-9]{1,12}(?:\.[0-9]{1,30}|/[0-9]{1,12})?)s"
_TIME = r"([0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z)"
_COUNT = r"([0-9]{1,18})"

_HEAD = re.compile(rf"version: {VERSION}\nclips: (paid|rehearsal)\nshots:(?: \[\])?\n")
_ENTRY = re.compile(
    rf"  - shot: {_TEXT}\n    kind: (prompt|still|footage)\n(?:    films: (\[.*\])\n)?"
)
_END = re.compile(r"    # end of .*\n\n")
_OVERRIDE = re.compile(rf"      - film: ({_QUOTED})\n")
_FILE = re.compile(rf"  - path: {_TEXT}\n    sha256: {_DIGEST}\n")
_LIBRARY = re.compile(rf"  ([A-Za-z0-9_.-]+): ({_QUOTED})\n")


class _OtherFormError(Exception):
    """The text is not in the canonical form."""


def read_canonical(data: bytes, file: str) -> Lock | None:
    """Read a lock as the program writes it, with any line ends; None if anything differs."""
    try:
        written = data.decode().replace("\r\n", "\n")
        lock = _Reading(written, file).lock()
    except (UnicodeDecodeError, _OtherFormError, ValueError, ArithmeticError):
        return None
    return lock if text(lock) == written else None


class _Reading:
    """A text, and how far it was read."""

    def __init__(self, written: str, file: str) -> None:
        self._text, self._file = written, file
        self._at = 0
        self._line, self._counted = 1, 0

    def lock(self) -> Lock:
        """Read all of it."""
        clips = next((one for one in LockedClips if self._skips(_head(one))), None)
        found = self._next(_HEAD)
        if clips is None or found[1] != clips:
            raise _OtherFormError
        shots: list[LockedShot] = []
        while entry := self._maybe(_ENTRY):
            shots.append(self._entry(entry))
        self._next(_SECTION["files"])
        files: list[LockedFile] = []
        while one := self._maybe(_FILE):
            files.append(LockedFile(_unquoted(one[1]), FileDigest(one[2])))
        self._next(_SECTION["libraries"])
        libraries: list[tuple[str, str]] = []
        while one := self._maybe(_LIBRARY):
            libraries.append((one[1], _unquoted(one[2])))
        return Lock(tuple(shots), tuple(files), tuple(libraries), clips)

    def _entry(self, entry: re.Match[str]) -> LockedShot:
        place = self._place(entry.start(1))
        name, ratio = entry_parts(_unquoted(entry[1]))
        decision = self._decision("    ")
        overrides: list[Override] = []
        if self._skips("    overrides:\n"):
            while one := self._maybe(_OVERRIDE):
                overrides.append(Override(_unquoted(one[1]), self._decision("        ")))
        self._next(_END)
        return LockedShot(
            name=name,
            kind=ShotKind(entry[2]),
            decision=decision,
            ratio=ratio,
            films=tuple(json.loads(entry[3])) if entry[3] else None,
            overrides=tuple(overrides),
            span=place,
        )

    def _place(self, start: int) -> Span:
        self._line += self._text.count("\n", self._counted, start)
        self._counted = start
        column = start - self._text.rfind("\n", 0, start)
        length = self._text.find("\n", start) - start
        return Span(self._file, self._line, column, self._line, column + length)

    def _decision(self, pad: str) -> Decision:
        pick = self._maybe(_pick_pattern(pad))
        superseded: list[Superseded] = []
        if self._skips(f"{pad}superseded:\n"):
            pattern = _superseded_pattern(pad)
            while one := self._maybe(pattern):
                superseded.append(Superseded(_pick(one, 1), ShotDigest(one[1])))
        approval = self._maybe(_approval_pattern(pad))
        return Decision(
            _pick(pick, 0) if pick else None,
            tuple(superseded),
            _approval(approval) if approval else None,
        )

    def _skips(self, words: str) -> bool:
        if not self._text.startswith(words, self._at):
            return False
        self._at += len(words)
        return True

    def _maybe(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        found = pattern.match(self._text, self._at)
        if found is not None:
            self._at = found.end()
        return found

    def _next(self, pattern: re.Pattern[str]) -> re.Match[str]:
        found = self._maybe(pattern)
        if found is None:
            raise _OtherFormError
        return found


_SECTION = {
    "files": re.compile(r"files:(?: \[\])?\n"),
    "libraries": re.compile(r"libraries:(?: \{\})?\n"),
}


def _head(clips: LockedClips) -> str:
    return "".join(f"{one}\n" for one in HEADS[clips])


def _keys(pad: str, keys: dict[str, str]) -> str:
    return "".join(rf"{pad}{key}: {value}\n" for key, value in keys.items())


_PICK = {
    "take": _COUNT,
    "clip": _DIGEST,
    "at": _LENGTH,
    "used": _LENGTH,
    "endpoint": _TEXT,
    "request": rf"({_QUOTED})",
    "price": r"([0-9]{1,12}\.[0-9]{2,9}) USD",
    "job": _DIGEST,
    "rendering": _COUNT,
    "size": _COUNT,
    "length": _LENGTH,
    "asks": _DIGEST,
    "by": rf"({_QUOTED})",
    "when": _TIME,
}
_APPROVAL = {
    "verdict": "(approved|rejected)",
    "why": rf"({_QUOTED})",
    "clip": _DIGEST,
    "at": _LENGTH,
    "used": _LENGTH,
    "crop": rf"({_QUOTED})",
    "asks": rf"([0-9a-f]{{64}}|{NO_WORDS})",
    "by": rf"({_QUOTED})",
    "when": _TIME,
}


@cache
def _pick_pattern(pad: str) -> re.Pattern[str]:
    return re.compile(rf"{pad}pick:\n{_keys(f'{pad}  ', _PICK)}")


@cache
def _superseded_pattern(pad: str) -> re.Pattern[str]:
    first = rf"{pad}  - gave_way_to: {_DIGEST}\n"
    return re.compile(first + _keys(f"{pad}    ", _PICK))


@cache
def _approval_pattern(pad: str) -> re.Pattern[str]:
    return re.compile(rf"{pad}approval:\n{_keys(f'{pad}  ', _APPROVAL)}")


def _pick(found: re.Match[str], before: int) -> Pick:
    """Make a pick of a match that has so many other groups before those of the pick."""
    it = dict(zip(_PICK, found.groups()[before:], strict=True))
    take = LockedTake(
        number=int(it["take"]),
        clip=ClipDigest(it["clip"]),
        at=_seconds(it["at"]),
        used=_seconds(it["used"]),
        endpoint=EndpointId(_unquoted(it["endpoint"])),
        request=_unquoted(it["request"]),
        price=_price(it["price"]),
        job=JobDigest(it["job"]),
        rendering=int(it["rendering"]),
        size=int(it["size"]),
        length=_seconds(it["length"]),
    )
    if is_beyond(take):
        raise _OtherFormError
    return Pick(take, ShotDigest(it["asks"]), _unquoted(it["by"]), _time(it["when"]))


def _approval(found: re.Match[str]) -> Approval:
    verdict, why, clip, at, used, crop, asks, by, when = found.groups()
    seen = SeenShot(
        ClipDigest(clip),
        _seconds(at),
        _seconds(used),
        _unquoted(crop),
        None if asks == NO_WORDS else ShotDigest(asks),
    )
    return Approval(Verdict(verdict), seen, _unquoted(by), _time(when), _unquoted(why))


@lru_cache(maxsize=4096)
def _seconds(written: str) -> Seconds:
    return Fraction(written)


@lru_cache(maxsize=4096)
def _price(written: str) -> Usd:
    return Usd(Decimal(written))


@lru_cache(maxsize=4096)
def _time(written: str) -> datetime:
    return datetime.fromisoformat(written)


@lru_cache(maxsize=4096)
def _unquoted(written: str) -> str:
    return str(json.loads(written)) if written.startswith('"') else written


def entry_parts(name: str) -> tuple[ShotName, AspectRatio | None]:
    """Take apart the name of an entry: `opening/pour@9:16`.

    Raises:
        ValueError: what follows the sign is not a ratio.
    """
    shot, _, ratio = name.partition("@")
    if not ratio:
        return ShotName(name), None
    width, _, height = ratio.partition(":")
    return ShotName(shot), AspectRatio(int(width), int(height))
