"""Kill the whole program at a side effect, start it again, and look: for every side effect.

After each: no job was charged twice, the store verifies, and both films are byte for byte those
of a run that nobody disturbed. Every tenth side effect is tried here; all of them with
`make crashes`.
"""

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest
from crash_engine import charges, paid_twice
from crash_film import JOBS, KEY
from crash_loop import RENDER, RESUME, SIGKILLED, Place, place

EVERY = int(os.environ.get("STORYBOARD_CRASH_EVERY", "10"))
MOST = 300
"""More side effects than a run has: the loop is known to end by a run that survives."""

SPREAD = 40
"""By how many a run may have more or fewer: steps that are ready together share a commit, and on a
slow disk more of them are.
"""


@dataclass(frozen=True, slots=True)
class Undisturbed:
    """A run that nobody disturbed: its films, and its side effects by name."""

    films: dict[str, bytes]
    effects: list[str]


@pytest.fixture(scope="session")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> Undisturbed:
    """Let a run go through."""
    with place(tmp_path_factory.mktemp("undisturbed")) as here:
        effects = here.effects(RENDER)
        return Undisturbed(here.films(), effects)


def test_there_are_enough_places_to_die_at(undisturbed: Undisturbed) -> None:
    names = undisturbed.effects
    assert 120 <= len(names) < MOST - SPREAD
    assert {"submit", "submitted", "upload", "download", "journal.commit", "rename"} <= set(names)


@pytest.mark.parametrize("n", range(1, MOST, EVERY))
def test_killed_at(n: int, tmp_path: Path, undisturbed: Undisturbed) -> None:
    if n > len(undisturbed.effects) + SPREAD:
        pytest.skip("a run has fewer side effects")
    with place(tmp_path) as here:
        killed(here, n, undisturbed)
        assert paid_twice(here.ledger) == []
        assert here.run(RESUME) == 0, here.said.read_text(encoding="utf-8")
        whole(here, undisturbed)


@pytest.mark.parametrize("n", range(5, MOST, EVERY * 4))
def test_killed_again_while_it_resumes(n: int, tmp_path: Path, undisturbed: Undisturbed) -> None:
    if n > len(undisturbed.effects) + SPREAD:
        pytest.skip("a run has fewer side effects")
    with place(tmp_path) as here:
        killed(here, n, undisturbed)
        for again in (3, 11, 29):
            here.run(RESUME, crash_at=again)
            assert paid_twice(here.ledger) == []
        assert here.run(RESUME) == 0, here.said.read_text(encoding="utf-8")
        whole(here, undisturbed)


def killed(here: Place, n: int, undisturbed: Undisturbed) -> None:
    """Kill a render at its n-th side effect; where it may have had fewer, see that it ended."""
    code = here.run(RENDER, crash_at=n)
    if code == 0 and n > len(undisturbed.effects) - SPREAD:
        pytest.skip("it survived: a run has a few side effects more or fewer")
    assert code == SIGKILLED, here.said.read_text(encoding="utf-8")


def whole(here: Place, undisturbed: Undisturbed) -> None:
    """See that each job was paid once, the store verifies, and the films are the right ones."""
    assert paid_twice(here.ledger) == []
    assert len(charges(here.ledger)) == JOBS
    assert here.run(("store", "verify")) == 0, here.said.read_text(encoding="utf-8")
    assert here.films() == undisturbed.films
    assert here.run(("plan", "storyboard.yaml", "--json")) == 0
    plan = json.loads(here.said.read_text(encoding="utf-8"))
    assert plan["to_pay"]["usd"] == "0.00"


@pytest.mark.parametrize("n", [1, 40, 90])
def test_the_variable_kills_an_ordinary_process(n: int, tmp_path: Path) -> None:
    """The same through the environment, with a process started as a user starts it."""
    with place(tmp_path) as here:
        code = "from storyboard.cli.main import main; main()"
        done = subprocess.run(  # noqa: S603 -- the command under test
            [sys.executable, "-c", code, *RENDER],
            cwd=here.film,
            env={**os.environ, **here.environment, "STORYBOARD_CRASH_AT": str(n)},
            capture_output=True,
            check=False,
        )
        assert done.returncode == SIGKILLED
        here.let_arrive()
        assert here.run(RESUME) == 0, here.said.read_text(encoding="utf-8")
        assert len(charges(here.ledger)) == JOBS


def test_the_key_is_nowhere(tmp_path: Path) -> None:
    """Neither in the project, nor at the provider's files, nor in what was printed."""
    with place(tmp_path) as here:
        here.run(RENDER, crash_at=60)
        assert here.run((*RESUME, "--json")) == 0
    for path in tmp_path.rglob("*"):
        if path.is_file():
            assert KEY.encode() not in path.read_bytes(), path
    assert not (here.state / "leaks.jsonl").exists()
