"""What is encoded before the last clip is there is what the whole film needs, and nothing else."""

import threading
from dataclasses import replace
from pathlib import Path

import pytest
from clips import ClipRecipe, make_clip
from films import QUICK, Take, make, silence, timeline, title

from storyboard.cut.ahead import encode_ahead
from storyboard.cut.cut_plan import Encoded, Entered
from storyboard.cut.options import Check
from storyboard.cut.timeline import SlateSource, Source, Timeline
from storyboard.cut.workshop import DerivedFolder, Workshop
from storyboard.model.cut import TransitionKind

CROSSFADE = TransitionKind.CROSSFADE
TO_COME = SlateSource("scene/2", "it is not rendered yet")


@pytest.fixture(scope="module")
def clips(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    folder = tmp_path_factory.mktemp("clips")
    return [make_clip(folder / f"{n}.mp4", ClipRecipe(first=100 * n, seed=n)) for n in range(4)]


def film(sources: list[Path | Source]) -> Timeline:
    first, *rest = sources
    takes = [Take(first, 48), *(Take(one, 48, 0, CROSSFADE, 8) for one in rest)]
    return timeline(takes, titles=(title(10, 8),))


def shop(folder: Path) -> Workshop:
    work = folder / "work"
    work.mkdir(exist_ok=True)
    return Workshop(work, DerivedFolder(folder / "derived"), folder, silence)


def kept(folder: Path) -> set[str]:
    return {one.name for one in (folder / "derived").rglob("*.mp4")}


def test_the_cut_finds_what_was_encoded_ahead(tmp_path: Path, clips: list[Path]) -> None:
    ahead = encode_ahead(
        film([*clips[:2], TO_COME, clips[3]]), shop(tmp_path), QUICK, threading.Event()
    )
    before = kept(tmp_path)
    report = make(film([*clips]), tmp_path / "whole")
    assert (ahead.encoded, ahead.reused) == (report.reused, 0)
    assert 0 < report.reused < report.plan.encoded
    # Nothing was encoded that the film does not need.
    assert before < kept(tmp_path)
    made = [one for one in report.plan.stretches if isinstance(one, Encoded | Entered)]
    assert len(kept(tmp_path)) == len(made)
    assert any(isinstance(one, Entered) for one in made)


def test_the_film_is_the_same_to_the_byte(tmp_path: Path, clips: list[Path]) -> None:
    (tmp_path / "a").mkdir()
    encode_ahead(film([*clips[:3], TO_COME]), shop(tmp_path / "a"), QUICK, threading.Event())
    one = make(film([*clips]), tmp_path / "a" / "run")
    two = make(film([*clips]), tmp_path / "b" / "run")
    assert (one.reused > 0, two.reused) == (True, 0)
    assert one.path.read_bytes() == two.path.read_bytes()


def test_what_is_there_is_viewed_ahead(tmp_path: Path, clips: list[Path]) -> None:
    """So the check by proof need not, once the last clip has come."""
    hard = [Take(one, 48) for one in clips]
    lacking = timeline([*hard[:3], Take(TO_COME, 48)])
    encode_ahead(lacking, shop(tmp_path), QUICK, threading.Event())
    findings = make(timeline(hard), tmp_path / "run").findings
    assert findings is not None
    assert findings.decoded == 48


def test_nothing_is_viewed_for_a_film_that_is_not_checked_by_proof(
    tmp_path: Path, clips: list[Path]
) -> None:
    lacking = timeline([Take(clips[0], 48), Take(TO_COME, 48)])
    for check in (Check.FULL, Check.NONE):
        options = replace(QUICK, check=check)
        encode_ahead(lacking, shop(tmp_path), options, threading.Event())
    assert not list((tmp_path / "derived").rglob("*.seen"))


def test_it_goes_on_where_it_was(tmp_path: Path, clips: list[Path]) -> None:
    lacking = film([*clips[:3], TO_COME])
    first = encode_ahead(lacking, shop(tmp_path), QUICK, threading.Event())
    again = encode_ahead(lacking, shop(tmp_path), QUICK, threading.Event())
    assert (again.encoded, again.reused) == (0, first.encoded)


def test_it_stops_when_told(tmp_path: Path, clips: list[Path]) -> None:
    stop = threading.Event()
    stop.set()
    assert encode_ahead(film([*clips]), shop(tmp_path), QUICK, stop).encoded == 0
    assert kept(tmp_path) == set()
