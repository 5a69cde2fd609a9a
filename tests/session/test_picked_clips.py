"""What was picked is shown, not paid for, and hands on its last frame: through whole rehearsals."""

import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from fractions import Fraction
from functools import partial
from pathlib import Path

import pytest

from storyboard import Ask
from storyboard.cut import ClipSource, SlateSource
from storyboard.lock import (
    AskedShot,
    Lock,
    LockedClips,
    LockedTake,
    arranged,
    asked_shots,
    change_shared,
    pick,
)
from storyboard.model import Usd
from storyboard.pipeline import Compiled
from storyboard.plan import JobState, KeptTake, Plan
from storyboard.session import (
    REHEARSAL,
    Backend,
    LaidOut,
    RenderOptions,
    change_lock,
    compiled,
    plan_of,
    plan_storyboard,
    render_storyboard,
)
from storyboard.session.clips import get_clips
from storyboard.session.kept_films import timelines
from storyboard.session.lock_file import lock_path
from storyboard.session.production import produce

FOUR = """\
storyboard: 1
title: Four
model: kling-v3-turbo-pro
scenes:
  - id: opening
    shots:
      - {id: pour, prompt: Coffee is poured., duration: 3s}
      - {id: steam, prompt: Steam rises., duration: 3s}
      - {id: smile, prompt: She smiles., duration: 3s}
      - {id: street, prompt: A street outside., duration: 3s}
"""
CHAIN = """\
storyboard: 1
title: Chain
model: kling-v3-turbo-pro
scenes:
  - id: opening
    continuity: chain
    pack: shot
    shots:
      - {id: pour, prompt: Coffee is poured., duration: 3s}
      - {id: steam, prompt: Steam rises., duration: 3s}
"""
WHEN = datetime(2026, 11, 28, 15, 0, tzinfo=UTC)
DRAFT = RenderOptions(backend=Backend.EMULATOR)


@pytest.fixture(scope="module")
def rendered(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with a film that was rendered as one pack for 1.68 USD."""
    return film(tmp_path_factory.mktemp("rendered"), FOUR)


@pytest.fixture(scope="module")
def chained(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with a film of two jobs, of which one goes on from two takes of the other."""
    return film(tmp_path_factory.mktemp("chained"), CHAIN.replace("poured.,", "poured., takes: 2,"))


def film(folder: Path, board: str) -> Path:
    file = folder / "film.yaml"
    file.write_text(board, "utf-8")
    render(file)
    return folder


def render(file: Path) -> None:
    quote = plan_storyboard(Ask(file), Backend.EMULATOR)
    done = render_storyboard(Ask(file), quote.agreed, quote.cost, DRAFT)
    assert done.rehearsed == quote.cost


@pytest.fixture
def copied(tmp_path: Path) -> Callable[[Path], Path]:
    def copy(folder: Path) -> Path:
        shutil.copytree(folder, tmp_path / "project")
        return tmp_path / "project" / "film.yaml"

    return copy


def planned(file: Path) -> tuple[Compiled, Plan]:
    result = compiled(Ask(file), REHEARSAL)
    return result, plan_of(result)


def pick_take(file: Path, shot: str, number: int = 1) -> LockedTake:
    """Write into the lock that a shot shows a take of the job that stands for it in the plan."""
    result, plan = planned(file)
    asked = asked_shots([(None, plan.films[0].storyboard)])
    (one,) = (one for one in asked if one.name == shot)
    (job,) = (job for job in plan.films[0].clips if shot in {it.name for it in job.shots})
    (place,) = (it for it in job.shots if it.name == shot)
    kept = result.held.takes[job.digest][number].kept
    assert kept is not None
    take = locked(kept, number, place.start, place.used, job.digest)
    assert one.asks is not None
    change = partial(pick, take=take, asks=one.asks, by="Mara", when=WHEN)
    store = file.parent / REHEARSAL.folder
    path = lock_path(file, LockedClips.REHEARSAL)
    change_lock(
        path, store, partial(with_pick, asked=asked, one=one, change=change), REHEARSAL.locked
    )
    return take


def with_pick(lock: Lock, asked: tuple[AskedShot, ...], one: AskedShot, change: object) -> Lock:
    return change_shared(arranged(lock, asked), one, change)  # type: ignore[arg-type]


def locked(kept: KeptTake, number: int, start: Fraction, used: Fraction, job: str) -> LockedTake:
    return LockedTake(
        number=number,
        clip=kept.clip,
        at=start,
        used=used,
        endpoint=kept.endpoint,
        request=kept.request or "",
        price=kept.price,
        job=job,  # type: ignore[arg-type]
        rendering=number,
        size=kept.size,
        length=Fraction(12),
    )


def laid_out(file: Path) -> LaidOut:
    """Return how the film of what is in the store is laid out."""
    result, plan = planned(file)
    choice = replace(REHEARSAL, backend=Backend.NONE)
    made = produce(result, plan, choice, file.parent / "build", DRAFT.cut)
    (one,) = timelines(made, get_clips(made))
    return one


def test_the_paid_pack_stays_when_one_of_its_shots_is_picked(
    rendered: Path, copied: Callable[[Path], Path]
) -> None:
    file = copied(rendered)
    pick_take(file, "opening/steam")
    _, plan = planned(file)
    assert plan.to_pay == 0
    assert [one.state for one in plan.jobs] == [JobState.RENDERED]


def test_picked_shots_stay_when_others_get_new_words(
    rendered: Path, copied: Callable[[Path], Path]
) -> None:
    """Without picks, new words of one shot ask for the whole pack again: 1.68 USD."""
    file = copied(rendered)
    for shot in ("opening/pour", "opening/steam", "opening/street"):
        pick_take(file, shot)
    file.write_text(FOUR.replace("She smiles.", "She laughs."), "utf-8")
    _, plan = planned(file)
    assert plan.to_pay == Usd(Decimal("0.42"))
    assert [one.job.id for one in plan.jobs] == ["opening/smile"]
    render(file)
    sources = [one.source for one in laid_out(file).timeline.pieces]
    clips = [one.path for one in sources if isinstance(one, ClipSource)]
    assert len(clips) == len(sources) == 3
    assert clips[0] == clips[2] != clips[1]
    starts = [one.start for one in sources if isinstance(one, ClipSource)]
    assert starts == [0, 0, 9]


def test_a_stale_pick_is_shown_until_its_new_words_are_rendered(
    rendered: Path, copied: Callable[[Path], Path]
) -> None:
    file = copied(rendered)
    take = pick_take(file, "opening/smile")
    file.write_text(FOUR.replace("She smiles.", "She laughs."), "utf-8")
    result, plan = planned(file)
    assert plan.to_pay == Usd(Decimal("1.68"))
    (found,) = (one for one in result.diagnostics if one.code == "SB930")
    assert (found.severity, found.about) == ("warning", "opening/smile")
    sources = [one.source for one in laid_out(file).timeline.pieces]
    assert [isinstance(one, SlateSource) for one in sources] == [True, True, False, True]
    shown = sources[2]
    assert isinstance(shown, ClipSource)
    assert (shown.path.stem, shown.start) == (take.clip, take.at)
    picked = lock_path(file, LockedClips.REHEARSAL).read_bytes()
    render(file)
    result, _ = planned(file)
    assert not [one for one in result.diagnostics if one.code == "SB930"]
    (gone,) = (one.decision for one in result.lock.shots if one.name == "opening/smile")
    assert gone.pick is None
    assert [one.pick.take for one in gone.superseded] == [take]
    # Where the pick is still in the lock, as on another branch, the new clip is shown all the same.
    lock_path(file, LockedClips.REHEARSAL).write_bytes(picked)
    result, _ = planned(file)
    (found,) = (one for one in result.diagnostics if one.code == "SB930")
    assert found.severity == "note"
    (piece,) = laid_out(file).timeline.pieces
    assert isinstance(piece.source, ClipSource)
    assert piece.source.path.stem != take.clip


def test_a_pick_whose_clip_is_elsewhere_is_a_slate_and_is_not_paid_again(
    rendered: Path, copied: Callable[[Path], Path]
) -> None:
    file = copied(rendered)
    take = pick_take(file, "opening/pour")
    store = file.parent / REHEARSAL.folder
    shutil.rmtree(store)
    result, plan = planned(file)
    assert plan.to_pay == Usd(Decimal("1.26"))
    (found,) = (one for one in result.diagnostics if one.code == "SB929")
    assert take.clip[:12] in found.message
    first = laid_out(file).timeline.pieces[0].source
    assert isinstance(first, SlateSource)
    assert take.clip[:12] in first.reason


def test_a_clip_that_was_copied_into_the_store_counts_like_any_other(
    rendered: Path, copied: Callable[[Path], Path]
) -> None:
    file = copied(rendered)
    take = pick_take(file, "opening/pour")
    store = file.parent / REHEARSAL.folder
    (clip,) = store.rglob(f"{take.clip}.mp4")
    kept = clip.read_bytes()
    shutil.rmtree(store)
    clip.parent.mkdir(parents=True)
    clip.write_bytes(kept)
    result, _ = planned(file)
    assert not result.absent
    source = laid_out(file).timeline.pieces[0].source
    assert isinstance(source, ClipSource)
    assert source.path == clip


def test_what_goes_on_from_a_first_take_is_not_asked_for_again_when_it_is_picked(
    chained: Path, copied: Callable[[Path], Path]
) -> None:
    file = copied(chained)
    before = {one.job.digest for one in planned(file)[1].jobs}
    pick_take(file, "opening/pour", 1)
    _, plan = planned(file)
    assert plan.to_pay == 0
    assert {one.job.digest for one in plan.jobs} <= before


def test_what_goes_on_from_another_take_begins_with_a_frame_of_its_bytes(
    chained: Path, copied: Callable[[Path], Path]
) -> None:
    file = copied(chained)
    take = pick_take(file, "opening/pour", 2)
    _, plan = planned(file)
    assert [one.job.id for one in plan.jobs] == ["opening/steam"]
    assert plan.to_pay == Usd(Decimal("0.42"))
    (job,) = plan.films[0].clips
    assert job.after == ()
    render(file)
    assert planned(file)[1].to_pay == 0
    (clip,) = (file.parent / REHEARSAL.folder).rglob(f"{take.clip}.mp4")
    clip.unlink()
    file.write_text(file.read_text("utf-8").replace("Steam rises.", "Steam drifts."), "utf-8")
    _, plan = planned(file)
    assert [(one.state, one.reason) for one in plan.jobs] == [
        (JobState.BLOCKED, "it goes on from a picked clip that is not in this store")
    ]
    assert plan.to_pay == 0


def test_a_lock_with_mistakes_is_told_of_with_everything_else(
    rendered: Path, copied: Callable[[Path], Path]
) -> None:
    file = copied(rendered)
    lock_path(file, LockedClips.REHEARSAL).write_text("version: 1\nclips: rehearsal\n", "utf-8")
    file.write_text(FOUR.replace("duration: 3s}", "duration: 99s}", 1), "utf-8")
    result = compiled(Ask(file), REHEARSAL)
    codes = {one.code for one in result.diagnostics}
    assert "SB920" in codes
    assert len(codes) > 1
    assert result.plan is None


def test_a_film_that_is_all_picked_is_cut_from_the_store_of_its_lock(
    rendered: Path, copied: Callable[[Path], Path]
) -> None:
    file = copied(rendered)
    for shot in ("pour", "steam", "smile", "street"):
        pick_take(file, f"opening/{shot}")
    quote = plan_storyboard(Ask(file), Backend.EMULATOR)
    assert not quote.plan.jobs
    done = render_storyboard(Ask(file), quote.agreed, quote.cost, DRAFT)
    assert [one.order.path.name for one in done.films] == ["film.rehearsal.mp4"]
    assert not any(one.slates for one in done.films if hasattr(one, "slates"))
