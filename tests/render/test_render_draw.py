"""Jobs become clips that are drawn when they are shown; one that cannot be fails alone."""

import asyncio
from pathlib import Path

from render_fakes import PICTURES

from storyboard import Ask, compile_storyboard
from storyboard.backends.animatic import animatic
from storyboard.jobs.job import ClipJob
from storyboard.media.drawn import Drawn
from storyboard.plan import Plan
from storyboard.render import Event, Refused, Rendered, render
from storyboard.render.draw import NOT_DRAWN
from storyboard.store import Store, view

FIRST_CUP = Path(__file__).parents[2] / "examples/first-cup/storyboard.yaml"


class Clumsy:
    """A maker that can draw all jobs but one."""

    def __init__(self, plan: Plan, project: Path, lost: ClipJob) -> None:
        self._able = animatic(plan, project)
        self._lost = lost

    def drawn(self, job: ClipJob) -> Drawn:
        """Draw a job, or fail."""
        if job == self._lost:
            raise ValueError("no ink")
        return self._able.drawn(job)


def test_a_job_that_cannot_be_drawn_fails_alone_and_each_is_told_once(tmp_path: Path) -> None:
    result = compile_storyboard(Ask(FIRST_CUP))
    assert result.plan is not None
    clips = [one.job for one in result.plan.jobs if isinstance(one.job, ClipJob)]
    heard: list[Event] = []
    maker = Clumsy(result.plan, result.project, clips[1])
    stop = asyncio.Event()
    stop.set()  # nothing is drawn yet, so there is nothing to stop
    with Store.open(tmp_path) as store:
        made = render(
            result.plan,
            backend=maker,
            store=store,
            listen=heard.append,
            pictures=PICTURES,
            stop=stop,
        )
        outcomes = asyncio.run(made)
        assert store.lives() == {}
        assert not list(store.layout.derived.rglob("*.mp4"))
    assert not view(tmp_path).rendered
    assert heard == list(outcomes.values())
    assert list(outcomes) == [one.job.digest for one in result.plan.jobs]
    for job in clips:
        outcome = outcomes[job.digest]
        if job == clips[1]:
            assert isinstance(outcome, Refused)
            assert outcome.code == NOT_DRAWN
            assert outcome.cost == 0
            assert outcome.message.endswith("ValueError: no ink")
        else:
            assert isinstance(outcome, Rendered)
            assert isinstance(outcome.clip, Drawn)
            assert outcome.cost == 0
    voice = outcomes[next(one.job.digest for one in result.plan.jobs if one.job not in clips)]
    assert isinstance(voice, Rendered)
    assert voice.clip is None
