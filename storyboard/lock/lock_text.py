"""Write a lock as text: always the same for the same value, and made to be merged by git.

Each entry ends and begins with lines that no decision changes: its end as a comment, an empty line,
its name, its kind. Git joins changes that have an unchanged line between them, and keeps conflicts
apart that have four. The end and the name are in no other entry, and what is not decided has no
line: lines that all entries have, like `pick: none`, would let git take one entry for another.
"""

import json
import re
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from functools import lru_cache

from storyboard.jobs import seconds_text
from storyboard.lock.decision import Approval, Decision, LockedTake, Pick, Superseded
from storyboard.lock.locked import VERSION, Lock, LockedClips, LockedShot, Override, entry_name
from storyboard.model import Seconds, Usd, exact

HEADS = {
    LockedClips.PAID: (
        "# Which take of each shot the film shows, and who approved it.",
        "# storyboard writes this file: commit it. Comments of your own are not kept.",
        "# How to read it, and what to do after a merge conflict: docs/lock.md",
    ),
    LockedClips.REHEARSAL: (
        "# REHEARSAL: these clips are drawings, and nothing in here was paid for.",
        "# storyboard writes this file. Do not commit it.",
    ),
}
"""The comments at the top."""

PLAIN = r"[A-Za-z_][A-Za-z0-9_.-]*(?:/[A-Za-z0-9_.@:-]*[A-Za-z0-9_-])+"
"""A text that needs no quotes: with a slash it is neither a number nor a word that means one."""

NO_WORDS = "none"
"""Stands for the words of what no model made."""

_PLAIN = re.compile(PLAIN, re.ASCII)
_HIDDEN = re.compile(r"[\x85\u2028\u2029\ufeff]")
_UNREADABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")


def text(lock: Lock) -> str:
    """Write a lock in its canonical form; it ends with a line break."""
    return "".join(f"{line}\n" for line in _lines(lock))


def _lines(lock: Lock) -> Iterator[str]:
    yield from HEADS[lock.clips]
    yield f"version: {VERSION}"
    yield f"clips: {lock.clips.value}"
    yield "shots:" if lock.shots else "shots: []"
    for shot in lock.shots:
        yield from _entry(shot)
    yield "files:" if lock.files else "files: []"
    for file in lock.files:
        yield f"  - path: {quoted(file.path)}"
        yield f"    sha256: {file.digest}"
    yield "libraries:" if lock.libraries else "libraries: {}"
    for name, version in lock.libraries:
        yield f"  {name}: {json.dumps(version)}"


def _entry(shot: LockedShot) -> Iterator[str]:
    name = entry_name(shot.name, shot.ratio)
    yield f"  - shot: {plain(name)}"
    yield f"    kind: {shot.kind.value}"
    if shot.films is not None:
        yield f"    films: {_listed(shot.films)}"
    yield from _decision(shot.decision, "    ")
    if shot.overrides:
        yield "    overrides:"
        for one in shot.overrides:
            yield from _override(one)
    yield f"    # end of {_one_line(name)}"
    yield ""


def _override(override: Override) -> Iterator[str]:
    yield f"      - film: {quoted(override.film)}"
    yield from _decision(override.decision, "        ")


def _decision(decision: Decision, pad: str) -> Iterator[str]:
    if decision.pick is not None:
        yield f"{pad}pick:"
        yield _pick(decision.pick, f"{pad}  ")
    if decision.superseded:
        yield f"{pad}superseded:"
        for one in decision.superseded:
            yield _superseded(one, f"{pad}    ")
    if decision.approval is not None:
        yield f"{pad}approval:"
        yield _approval(decision.approval, f"{pad}  ")


def _superseded(one: Superseded, pad: str) -> str:
    first = f"{pad[:-2]}- gave_way_to: {one.gave_way_to}"
    return f"{first}\n{_pick(one.pick, pad)}"


def _pick(pick: Pick, pad: str) -> str:
    return (
        f"{_take(pick.take, pad)}\n"
        f"{pad}asks: {pick.asks}\n"
        f"{pad}by: {quoted(pick.by)}\n"
        f"{pad}when: {time_text(pick.when)}"
    )


def _take(take: LockedTake, pad: str) -> str:
    return (
        f"{pad}take: {take.number}\n"
        f"{pad}clip: {take.clip}\n"
        f"{pad}at: {length_text(take.at)}\n"
        f"{pad}used: {length_text(take.used)}\n"
        f"{pad}endpoint: {plain(take.endpoint)}\n"
        f"{pad}request: {quoted(take.request)}\n"
        f"{pad}price: {price_text(take.price)}\n"
        f"{pad}job: {take.job}\n"
        f"{pad}rendering: {take.rendering}\n"
        f"{pad}size: {take.size}\n"
        f"{pad}length: {length_text(take.length)}"
    )


def _approval(approval: Approval, pad: str) -> str:
    seen = approval.seen
    return (
        f"{pad}verdict: {approval.verdict.value}\n"
        f"{pad}why: {quoted(approval.why)}\n"
        f"{pad}clip: {seen.clip}\n"
        f"{pad}at: {length_text(seen.at)}\n"
        f"{pad}used: {length_text(seen.used)}\n"
        f"{pad}crop: {quoted(seen.crop)}\n"
        f"{pad}asks: {seen.asks or NO_WORDS}\n"
        f"{pad}by: {quoted(approval.by)}\n"
        f"{pad}when: {time_text(approval.when)}"
    )


def _listed(texts: Iterable[str]) -> str:
    return f"[{', '.join(map(quoted, texts))}]"


@lru_cache(maxsize=4096)
def length_text(time: Seconds) -> str:
    """Write a length or a place in a clip exactly: `3s`, `2.5s`, `125/24s`."""
    return f"{seconds_text(time)}s"


@lru_cache(maxsize=4096)
def price_text(price: Usd) -> str:
    """Write a price exactly: `1.68 USD`."""
    return f"{exact(price)} USD"


def time_text(when: datetime) -> str:
    """Write a time in UTC, to the second: `2026-11-28T15:05:44Z`."""
    return f"{when.astimezone(UTC).replace(tzinfo=None).isoformat(timespec='seconds')}Z"


def plain(words: str) -> str:
    """Write a text without quotes if it needs none."""
    return words if _PLAIN.fullmatch(words) else quoted(words)


def quoted(words: str) -> str:
    """Write a text in quotes, as JSON does.

    What no YAML file may hold becomes a sign: control characters, and half a character, as in names
    of files that are not UTF-8.
    """
    written = json.dumps(_UNREADABLE.sub("\ufffd", words), ensure_ascii=False)
    return _HIDDEN.sub(lambda found: f"\\u{ord(found[0]):04x}", written)


def _one_line(name: str) -> str:
    """Write a name in a comment, where nothing can be escaped."""
    return name if name.isprintable() else quoted(name)[1:-1]
