"""From Python, money is spent as it was agreed to: by fingerprint and amount, or not at all."""

import shutil
import socket
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from storyboard import (
    AgreementError,
    Ask,
    AskError,
    Backend,
    CutOptions,
    Delivered,
    FailedJobs,
    MistakesError,
    OverLimitError,
    PlanChangedError,
    RenderOptions,
    SessionEvent,
    SetupError,
    Store,
    Usd,
    ask_again,
    cut_storyboard,
    kept_in,
    kept_timelines,
    plan_storyboard,
    render_storyboard,
)
from storyboard.cli.main import run
from storyboard.cut.options import Quality
from storyboard.cut.timeline import ClipSource, SlateSource
from storyboard.jobs import ClipJob
from storyboard.render.event import Rendered, Skipped
from storyboard.session import rendering as rendering_module
from storyboard.session.listener import FilmEnded, JobsBegun, JobsEnded, Stopping
from storyboard.session.stop_handle import StopHandle
from storyboard.store import life as states

BOARD = """\
storyboard: 1
title: Two
model: kling-v3-standard
audio: false
format: {aspect_ratio: "16:9", resolution: 320x180, fps: 24}
scenes:
  - {id: one, shots: [{id: a, prompt: A cup., duration: 3s}]}
  - {id: two, shots: [{id: b, prompt: A pot., duration: 3s}]}
"""
AT = datetime(2026, 11, 20, 12, tzinfo=UTC)
DRAFT = CutOptions(quality=Quality.DRAFT)
REHEARSAL = RenderOptions(backend=Backend.EMULATOR, cut=DRAFT)
KEY = {"FAL_KEY": "test-key-never-sent"}
PAID = RenderOptions(environment=KEY)
PLENTY = Usd(Decimal(100))


@pytest.fixture
def board(tmp_path: Path) -> Path:
    """A storyboard of two jobs at 0.252 USD each."""
    path = tmp_path / "two.yaml"
    path.write_text(BOARD, "utf-8")
    return path


@pytest.fixture
def offline(monkeypatch: pytest.MonkeyPatch) -> None:
    """Refuse every socket and every process."""

    def refused(*_: object, **__: object) -> Any:  # noqa: ANN401 -- it returns never
        raise AssertionError("something was opened to the outside")

    monkeypatch.setattr(socket, "socket", refused)
    monkeypatch.setattr(socket, "create_connection", refused)
    monkeypatch.setattr(subprocess, "Popen", refused)


def nothing_was_sent(board: Path) -> None:
    assert not (board.parent / ".storyboard").exists()


@pytest.mark.usefixtures("offline")
@pytest.mark.parametrize("backend", [Backend.FAL, Backend.EMULATOR])
@pytest.mark.parametrize("lacking", ["both", "agreed", "max_cost"])
def test_without_an_agreement_nothing_is_opened(
    board: Path, backend: Backend, lacking: str
) -> None:
    quote = plan_storyboard(Ask(board), backend)
    agreed = None if lacking in {"both", "agreed"} else quote.fingerprint
    max_cost = None if lacking in {"both", "max_cost"} else PLENTY
    options = RenderOptions(backend=backend, environment=KEY)
    with pytest.raises(AgreementError, match="nobody agreed to it; nothing was sent"):
        render_storyboard(Ask(board), agreed, max_cost, options)
    nothing_was_sent(board)


@pytest.mark.usefixtures("offline")
@pytest.mark.parametrize("amount", [Decimal("NaN"), Decimal(-1), Decimal("Infinity"), 8.4])
def test_a_maximum_is_an_amount_of_money(board: Path, amount: Any) -> None:  # noqa: ANN401 -- wrong
    quote = plan_storyboard(Ask(board))
    with pytest.raises(AgreementError, match="has to be an amount"):
        render_storyboard(Ask(board), quote.fingerprint, amount, PAID)


def dearer(board: Path) -> None:
    board.write_text(BOARD.replace("A pot., duration: 3s", "A pot., duration: 4s"), "utf-8")


def titled(board: Path) -> None:
    titles = "titles: [{text: Tea, at: 0s, for: 1s}]"
    board.write_text(BOARD.replace("A pot.", f"A pot., {titles}"), "utf-8")


@pytest.mark.usefixtures("offline")
@pytest.mark.parametrize(
    ("edit", "change"),
    [(dearer, "two/b asks for something else"), (titled, "the cut has changed")],
)
def test_a_plan_that_has_changed_is_not_sent_and_says_what_differs(
    board: Path, edit: Callable[[Path], None], change: str
) -> None:
    quote = plan_storyboard(Ask(board))
    edit(board)
    with pytest.raises(PlanChangedError) as told:
        render_storyboard(Ask(board), quote.agreed, PLENTY, PAID)
    assert any(change in one for one in told.value.changes), told.value.changes
    now = plan_storyboard(Ask(board))
    with pytest.raises(PlanChangedError) as told:
        render_storyboard(Ask(board), quote.fingerprint, PLENTY, PAID)
    first, *jobs = told.value.changes
    assert first == f"its fingerprint is {now.fingerprint}, not {quote.fingerprint}"
    assert len(jobs) == len(now.plan.jobs)
    assert "to render" in jobs[-1]
    nothing_was_sent(board)


@pytest.mark.usefixtures("offline")
def test_more_than_the_maximum_is_not_sent(board: Path) -> None:
    quote = plan_storyboard(Ask(board))
    assert quote.cost == Decimal("0.504")
    with pytest.raises(OverLimitError, match=r"more than max_cost of 0\.503 USD"):
        render_storyboard(Ask(board), quote.fingerprint, Usd(Decimal("0.503")), PAID)
    nothing_was_sent(board)


@pytest.mark.usefixtures("offline")
def test_what_is_wrong_is_told_before_anything_is_opened(board: Path) -> None:
    quote = plan_storyboard(Ask(board))
    with pytest.raises(SetupError) as no_key:
        render_storyboard(Ask(board), quote.fingerprint, PLENTY, RenderOptions(environment={}))
    assert no_key.value.code == "SB821"
    with pytest.raises(AskError, match="a scenario is for"):
        render_storyboard(
            Ask(board), quote.fingerprint, PLENTY, RenderOptions(scenario=board, environment=KEY)
        )
    board.write_text("storyboard: 1\nscenes: []\n", "utf-8")
    with pytest.raises(MistakesError) as wrong:
        plan_storyboard(Ask(board))
    assert wrong.value.diagnostics
    assert all(one.span is not None for one in wrong.value.diagnostics)
    with pytest.raises(SetupError, match="cannot read"):
        plan_storyboard(Ask(board.with_name("missing.yaml")))


def test_the_budget_of_the_run_holds_for_each_request_too(
    board: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    quote = plan_storyboard(Ask(board), Backend.EMULATOR)
    monkeypatch.setattr(rendering_module, "within_bounds", lambda *_: None)
    once = Usd(Decimal("0.26"))
    ended = render_storyboard(Ask(board), quote.fingerprint, once, REHEARSAL)
    states = sorted(type(one).__name__ for one in ended.outcomes.values())
    assert states == ["Rendered", "Skipped"]
    (skipped,) = [one for one in ended.outcomes.values() if isinstance(one, Skipped)]
    assert "would pass the limit of this run" in skipped.reason


def test_what_was_agreed_to_is_rendered_once_and_then_cut_for_nothing(board: Path) -> None:
    heard: list[SessionEvent] = []
    quote = plan_storyboard(Ask(board), Backend.EMULATOR)
    ended = render_storyboard(Ask(board), quote.agreed, quote.cost, REHEARSAL, heard.append)
    assert all(isinstance(one, Rendered) for one in ended.outcomes.values())
    (film,) = ended.films
    assert isinstance(film, Delivered)
    assert film.order.path == board.parent / "build" / "two.rehearsal.mp4"
    assert not film.slates
    assert ended.rehearsed == quote.cost
    assert ended.spent == 0
    jobs = frozenset(one.job.digest for one in quote.plan.jobs)
    assert JobsBegun(jobs, None, quote.cost) in heard
    assert JobsEnded() in heard
    assert FilmEnded(film) in heard
    # What was agreed to was to be rendered, and is: another yes is another agreement.
    with pytest.raises(PlanChangedError, match="was to-render, and is rendered"):
        render_storyboard(Ask(board), quote.agreed, quote.cost, REHEARSAL)
    again = plan_storyboard(Ask(board), Backend.EMULATOR)
    assert again.cost == 0
    ended = render_storyboard(Ask(board), again.fingerprint, again.cost, REHEARSAL)
    assert ended.rehearsed == 0


def refuse_connections(monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_: object) -> None:
        raise AssertionError("something was connected to")

    for name in ("connect", "connect_ex", "bind", "sendto"):
        monkeypatch.setattr(socket.socket, name, refused)


def test_an_animatic_needs_no_agreement_and_no_network(
    board: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    refuse_connections(monkeypatch)
    options = RenderOptions(backend=Backend.ANIMATIC, cut=DRAFT, environment={})
    ended = render_storyboard(Ask(board), options=options)
    (film,) = ended.films
    assert isinstance(film, Delivered)
    assert film.order.path.name == "two.animatic.mp4"
    assert ended.spent == 0


def test_cut_and_timelines_take_what_is_kept(board: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    refuse_connections(monkeypatch)
    (laid_out,) = kept_timelines(Ask(board))
    assert all(isinstance(one.source, SlateSource) for one in laid_out.timeline.pieces)
    ended = cut_storyboard(Ask(board), DRAFT, board.parent / "films")
    (film,) = ended.films
    assert isinstance(film, Delivered)
    assert film.order.path == board.parent / "films" / "two.mp4"
    assert film.slates == ("one/a", "two/b")
    assert film.seconds == laid_out.timeline.duration


def test_timelines_show_the_clips_that_were_rendered(board: Path) -> None:
    """The store of a rehearsal, put where the paid one is, as a film of kept clips."""
    quote = plan_storyboard(Ask(board), Backend.EMULATOR)
    render_storyboard(Ask(board), quote.fingerprint, quote.cost, REHEARSAL)
    store = board.parent / ".storyboard"
    kept = board.parent / "kept"
    shutil.move(store / "rehearsal", kept)
    shutil.rmtree(store)
    shutil.move(kept, store)
    (laid_out,) = kept_timelines(Ask(board))
    assert all(isinstance(one.source, ClipSource) for one in laid_out.timeline.pieces)


def test_a_plan_that_the_command_line_kept_is_an_agreement(board: Path) -> None:
    plan = board.parent / "approved.json"
    assert run(["plan", str(board), "--save", str(plan)]) == 0
    kept = kept_in(plan)
    assert kept is not None
    assert kept.fingerprint == plan_storyboard(Ask(board)).fingerprint
    assert ask_again(plan, kept).storyboard.samefile(board)
    assert kept_in(board) is None


def test_a_run_that_is_stopped_before_it_begins_sends_nothing(board: Path) -> None:
    heard: list[SessionEvent] = []
    quote = plan_storyboard(Ask(board), Backend.EMULATOR)
    stop = StopHandle()
    assert not stop.stop()
    agreed, cost = quote.fingerprint, quote.cost
    ended = render_storyboard(Ask(board), agreed, cost, REHEARSAL, heard.append, stop)
    assert {type(one) for one in ended.outcomes.values()} == {Skipped}
    assert not ended.films
    assert Stopping() in heard
    with Store.open(board.parent, folder=".storyboard/rehearsal") as store:
        assert store.lives() == {}


def failed_before(board: Path) -> None:
    """Have the first job in the journal as refused by the checker, and perhaps charged."""
    job = plan_storyboard(Ask(board)).plan.jobs[0].job
    assert isinstance(job, ClipJob)
    attempt, films = states.AttemptId("a1"), ("two",)
    order = states.Order(
        attempt, job.digest, job.id, job.endpoint, "{}", "{}", job.cost, 3, ("one/a",), films, "fal"
    )
    intended = states.Intended(order, AT)
    fault = states.Fault("SB804", "refused by the checker", "change it", states.Charge.POSSIBLE)
    with Store.open(board.parent) as store:
        assert store.record([intended]) == (None,)
        assert store.record([states.Refused(intended, fault, AT)]) == (None,)


def test_a_quote_leaves_out_what_is_not_sent_unasked(board: Path) -> None:
    failed_before(board)
    quote = plan_storyboard(Ask(board))
    assert quote.cost == quote.plan.to_pay == Decimal("0.252")
    assert quote.plan.to_retry == Decimal("0.252")
    assert plan_storyboard(Ask(board), failed=FailedJobs.RETRY).cost == Decimal("0.504")


def test_planning_loads_nothing_that_cuts_or_sends(board: Path) -> None:
    code = (
        "import sys; from pathlib import Path\n"
        "from storyboard import Ask, plan_storyboard\n"
        f"plan_storyboard(Ask(Path({str(board)!r})))\n"
        "heavy = {'av', 'numpy', 'moviepy', 'httpx', 'click', 'rich', 'uharfbuzz', 'bidi'}\n"
        "assert not heavy & set(sys.modules), heavy & set(sys.modules)\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True)  # noqa: S603 -- our own words
