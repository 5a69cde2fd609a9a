"""Two processes with requests of equal bodies: each attempt ends with one request of its own."""

from pathlib import Path

import crash_child
import pytest
from crash_engine import charges
from crash_film import environment, provider
from crash_loop import forked

from storyboard.emulator.fault import CallFault, Drop, On, Rule, Scenario, Slow
from storyboard.provider import Charge
from storyboard.store import Store, lives_of_takes
from storyboard.store.life import Stored, Unknown, charge_of, request_of

TAKES = {"one.yaml": 2, "two.yaml": 4}
"""Takes of one shot: their requests have equal bodies. The second film has those of the first."""

ALL = max(TAKES.values())
FILM = """\
storyboard: 1
title: Takes
model: kling-v3-turbo-pro
format: {resolution: 128x72, fps: 24, aspect_ratio: "16:9"}
scenes:
  - id: one
    shots:
      - {id: a, duration: 3s, prompt: A lamp is lit., takes: TAKES}
"""


def write_films(folder: Path) -> None:
    """Write two storyboards of one project."""
    folder.mkdir(parents=True)
    (folder / ".git").mkdir()
    for name, takes in TAKES.items():
        (folder / name).write_text(FILM.replace("TAKES", str(takes)), encoding="utf-8")


def run_both(project: Path, variables: dict[str, str], *more: str) -> dict[str, int | None]:
    """Render both films, each in a process of its own, at the same time."""
    processes = {}
    for name in TAKES:
        command = ("render", name, "--backend", "fal", "--yes", *more)
        said = project / f"{name}.said.txt"
        processes[name] = forked(
            target=crash_child.storyboard_command, args=(command, project, variables, said)
        )
        processes[name].start()
    for process in processes.values():
        process.join(crash_child.HANGS)
    return {name: process.exitcode for name, process in processes.items()}


def said(project: Path) -> str:
    return "\n".join((project / f"{name}.said.txt").read_text("utf-8") for name in TAKES)


LOST = Drop(accepted=True)
FAULTS: dict[str, tuple[CallFault, ...]] = {
    "every answer is lost": (LOST,) * ALL,
    "every other is lost, the rest comes late": (LOST, Slow(4000.0)) * 2,
    "some never arrive": (Drop(accepted=False), Slow(4000.0), LOST, Slow(4000.0)),
}


@pytest.mark.parametrize("faults", FAULTS.values(), ids=FAULTS.keys())
def test_no_two_attempts_hold_one_request(faults: tuple[CallFault, ...], tmp_path: Path) -> None:
    project, state = tmp_path / "film", tmp_path / "state"
    write_films(project)
    rules = tuple(Rule(On.SUBMIT, fault, nth=(n,)) for n, fault in enumerate(faults, 1))
    never = sum(isinstance(fault, Drop) and not fault.accepted for fault in faults)
    with provider(state, Scenario(rules=rules)) as standing:
        variables = environment(standing)
        codes = run_both(project, variables)
        assert set(codes.values()) <= {0, 6}, said(project)
        assert held(project, unknown=never) == paid(state)
        assert len(paid(state)) == ALL - never
        # What is in doubt never arrived, and this run may send it again.
        codes = run_both(project, variables, "--resubmit-unknown")
        assert set(codes.values()) == {0}, said(project)
    assert held(project, unknown=0) == paid(state)
    assert len(paid(state)) == ALL


def paid(state: Path) -> set[str]:
    return {one["request_id"] for one in charges(state / "ledger.jsonl")}


def held(project: Path, unknown: int) -> set[str]:
    """Return the requests that attempts hold; see that none is held twice, and the rest unknown."""
    with Store.open(project) as store:
        attempts = store.journal.attempts()
    lives = [life for lives in attempts.values() for life in lives]
    assert len(attempts) == 1  # takes of one job
    requests = [request for life in lives if (request := request_of(life)) is not None]
    assert len(requests) == len(set(requests))
    latest = list(lives_of_takes(attempts).values())
    assert len(latest) == ALL
    assert sum(isinstance(life, Unknown) for life in latest) == unknown
    assert sum(isinstance(life, Stored) for life in latest) == ALL - unknown
    assert all(charge_of(life) is Charge.PAID for life in latest if isinstance(life, Stored))
    return set(requests)
