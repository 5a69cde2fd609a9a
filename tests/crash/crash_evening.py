"""An evening with takes, picks and approvals, command by command, and what is there after each."""

import json
import re
import shutil
from collections import Counter
from collections.abc import Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path

import crash_child
from crash_engine import charges
from crash_film import write_film
from crash_loop import Place, opened

from storyboard.lock import Lock, read_lock

STORYBOARD = """\
storyboard: 1
title: Evening
model: kling-v3-turbo-pro
format: {resolution: 128x72, fps: 24, aspect_ratio: "16:9"}
scenes:
  - id: chained
    model: kling-v3-pro
    start: assets/a.png
    pack: shot
    continuity: chain
    shots:
      - {id: a, duration: 3s, prompt: Rain on a window.}
      - {id: b, duration: 3s, prompt: A hand wipes it.}
  - id: packed
    shots:
      - {id: c, duration: 3s, prompt: A door opens.}
      - {id: d, duration: 3s, prompt: A lamp is lit.}
"""
NAME = "storyboard.yaml"
LOCK = "storyboard.lock.yaml"
FILM = "film.mp4"
FAL = ("--backend", "fal", "--yes")
CONSENT = "--resubmit-unknown"
_OF_THIS_RUN = re.compile(r"^( *(?:request|when):).*", re.MULTILINE)
"""Lines of a lock that differ from run to run."""


@dataclass(frozen=True, slots=True)
class Step:
    """A command of the evening, for which words of the storyboard may be changed before.

    `shot` is the one that a `take` is of: how many takes it has tells whether there is one to come.
    """

    arguments: tuple[str, ...]
    edit: tuple[str, str] | None = None
    shot: str | None = None

    @property
    def may_pay(self) -> bool:
        """Tell whether it sends requests."""
        return self.arguments[0] in {"render", "take"}


def _step(command: str, *words: str, edit: tuple[str, str] | None = None) -> Step:
    more = FAL if command in {"render", "take"} else ()
    shot = words[0] if command == "take" else None
    return Step((command, NAME, *words, *more), edit, shot)


TWO_OF_B = ("A hand wipes it.", "A hand wipes it., takes: 2")
OTHER_WORDS = ("A door opens.", "A door falls shut.")
EVENING = (
    _step("render"),
    _step("take", "packed/c"),
    _step("take", "packed/d", "--alone"),
    _step("take", "chained/a"),
    _step("render", edit=TWO_OF_B),
    _step("pick", "packed/c", "2", "packed/d", "3"),
    _step("pick", "chained/a", "2", "--keep-later"),
    _step("approve", "--all"),
    _step("reject", "chained/b", "her hand has six fingers"),
    _step("render", edit=OTHER_WORDS),
    _step("approve", "packed/c", "chained/b"),
    _step("render", "--final"),
)


@dataclass(frozen=True, slots=True)
class After:
    """What is there after a step: all of it is the same whatever happened on the way."""

    lock: str
    film: bytes
    takes: Mapping[str, int]
    charges: Mapping[str, int]


def begin(folder: Path) -> None:
    """Write the evening's project, and a folder for its provider."""
    write_film(folder / "film").write_text(STORYBOARD, encoding="utf-8")
    (folder / "state").mkdir()


def at_home(folder: Path) -> AbstractContextManager[Place]:
    """Start the provider of an evening."""
    return opened(folder, crash_child.emulator_of_takes)


def copied(source: Path, target: Path) -> None:
    """Copy a project and its provider's state, which no process has now."""
    shutil.copytree(source, target, symlinks=True)
    # Another copy may run at the same time: this one takes ports of its own.
    (target / "state" / "ports.json").unlink(missing_ok=True)


def edited(here: Place, step: Step) -> None:
    """Change the words of the storyboard as the step asks."""
    if step.edit is not None:
        path = here.film / NAME
        before, after = step.edit
        path.write_text(path.read_text("utf-8").replace(before, after), encoding="utf-8")


def good(here: Place, *arguments: str) -> str:
    """Run a command that is to succeed; return what it printed."""
    assert here.run(arguments) == 0, (arguments, here.said.read_text(encoding="utf-8"))
    return here.said.read_text(encoding="utf-8")


def go_on(here: Place, step: Step, before: After) -> None:
    """Do what a person does after a crash: look what is there, and run the command again.

    A further take is asked for again only if `takes` does not list it.
    """
    if step.shot is not None and takes(here)[step.shot] > before.takes[step.shot]:
        return
    good(here, *step.arguments, *((CONSENT,) if step.may_pay else ()))


def takes(here: Place) -> dict[str, int]:
    """Count the takes of each shot."""
    said = json.loads(good(here, "takes", NAME, "--json"))
    return {one["shot"]: len(one["takes"]) for one in said["shots"]}


def lock_of(here: Place) -> tuple[str, Lock]:
    """Read the lock, which must be whole; return it without times and names of requests too."""
    path = here.film / LOCK
    data = path.read_bytes() if path.exists() else b""
    if not data:
        assert not path.exists(), "the lock is empty"
        return "", Lock()
    found = read_lock(data, LOCK)
    assert found.value is not None, found.diagnostics
    assert not found.diagnostics
    return re.sub(
        r"^( *(?:request|when):).*", r"\1", data.decode(), flags=re.MULTILINE
    ), found.value


def clips(here: Place) -> dict[str, int]:
    """Return the kept clips with their sizes."""
    folder = here.film / ".storyboard" / "clips"
    return {one.name: one.stat().st_size for one in folder.rglob("*.*")}


def charged(here: Place) -> Counter[str]:
    """Count the charges of each body."""
    return Counter(one["body_digest"] for one in charges(here.ledger))


def whole(here: Place) -> After:
    """See that the store is whole and nothing is to pay; return what is there, with the film."""
    good(here, "store", "verify")
    plan = json.loads(good(here, "plan", NAME, "--json"))
    assert plan["to_pay"]["usd"] == "0.00"
    good(here, "cut", NAME)
    left = [one.name for one in here.film.iterdir() if one.name.endswith(".part")]
    assert not left
    text, _ = lock_of(here)
    film = (here.film / "build" / FILM).read_bytes()
    return After(text, film, takes(here), charged(here))
