"""What the journal says of a request's shots: what each asks for, and where it is in the clip."""

import json
from datetime import datetime, timedelta
from fractions import Fraction
from pathlib import Path

import pytest
from render_fakes import FakeFal, go

from storyboard import Ask, compile_storyboard
from storyboard.catalogue import EndpointId
from storyboard.jobs import digest_of_shot
from storyboard.model import PromptShot
from storyboard.pipeline import Compiled
from storyboard.plan import JobState, KeptTake
from storyboard.provider import Ticket
from storyboard.render import Rendered
from storyboard.store import Store, view
from storyboard.store import life as states

BOARD = """\
storyboard: 1
title: Lamp
model: kling-v3-turbo-pro
OUTPUTS
scenes:
  - id: one
    shots:
      - {id: a, duration: 3s, prompt: A lamp is lit.}
      - {id: b, duration: 2.5s, prompt: A moth comes.}
      - {id: c, duration: 3s, prompt: It circles.}
"""
TALL = "outputs: [{name: wide}, {name: tall, aspect_ratio: '9:16', fit: render}]"


class Fal(FakeFal):
    """A provider that knows how long a clip of several shots is."""

    def _accept(self, endpoint: EndpointId, body: str, word: str) -> Ticket:
        ticket = FakeFal._accept(self, endpoint, body, word)  # noqa: SLF001 -- its own
        asked = json.loads(body)
        shots = asked.get("multi_prompt") or [asked]
        self.requests[ticket.request].seconds = str(sum(int(one["duration"]) for one in shots))
        return ticket


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / ".git").mkdir()
    return tmp_path


def rendered(project: Path, outputs: str = "") -> Compiled:
    (project / "lamp.yaml").write_text(BOARD.replace("OUTPUTS", outputs), "utf-8")
    made = compile_storyboard(Ask(project / "lamp.yaml"))
    assert made.plan is not None
    with Store.open(project) as store:
        outcomes = go(made.plan, store, Fal())
    assert all(isinstance(one, Rendered) for one in outcomes.values())
    return compile_storyboard(Ask(project / "lamp.yaml"))


def kept(project: Path) -> list[KeptTake]:
    takes = (take for known in view(project).takes.values() for take in known.values())
    return [take.kept for take in takes if take.kept is not None]


def test_an_order_says_what_each_shot_asks_for_and_where_it_is(project: Path) -> None:
    made = rendered(project)
    board = made.wanted[0].storyboard
    asks = [digest_of_shot(one, board) for one in board.shots if isinstance(one, PromptShot)]
    (take,) = kept(project)
    assert take.shots == ("one/a", "one/b", "one/c")
    assert take.asks == tuple(asks)
    assert take.starts == (0, 3, 6)
    assert take.used == (3, Fraction(5, 2), 3)
    assert (take.seconds, take.length, take.films, take.job) == (9, 9, ("lamp",), "one/a..c")


def test_an_output_that_is_rendered_again_asks_in_its_own_ratio(project: Path) -> None:
    made = rendered(project, TALL)
    board = made.wanted[0].storyboard
    (tall,) = [one.format.aspect_ratio for one in board.outputs if one.name == "tall"]
    shots = [one for one in board.shots if isinstance(one, PromptShot)]
    assert {take.asks for take in kept(project)} == {
        tuple(digest_of_shot(one, board, ratio) for one in shots) for ratio in (None, tall)
    }


def test_a_take_that_was_fetched_again_is_as_old_as_it_was(project: Path) -> None:
    """A clip that is removed and fetched keeps the time that orders the takes."""
    made = rendered(project)
    (before,) = kept(project)
    with Store.open(project) as store:
        (life,) = store.lives().values()
        assert isinstance(life, states.Stored)
        lost = states.Mislaid(life, life.at + timedelta(days=1))
        assert store.record([lost]) == (None,)
        assert not [one for one in kept(project) if one.kept_at != before.kept_at]
        again = states.Stored(lost, life.kept, lost.at + timedelta(days=1))
        assert store.record([again]) == (None,)
    (take,) = kept(project)
    assert isinstance(take.kept_at, datetime)
    assert take.kept_at == before.kept_at
    assert made.plan is not None
    assert made.plan.jobs[0].state is JobState.RENDERED
