"""Picks for older words, and picked clips that are not here, are told of at their shots."""

from dataclasses import replace
from fractions import Fraction

import pytest
from boards import board, catalogue, scene, shot

from storyboard.diagnostics import Severity
from storyboard.jobs import JobDigest, PickedShot, Picks, pack
from storyboard.model import ClipDigest, ShotName
from storyboard.plan import Plan, StoreView, Wanted, pick_findings, picked_clips, plan

CLIP, ELSEWHERE = ClipDigest("c" * 64), ClipDigest("d" * 64)
PICK = PickedShot(CLIP, JobDigest("j" * 64), 1, 3, Fraction(0), Fraction(3))
SHOT = ShotName("s/a")
TURBO = "kling-v3-turbo-pro"


def planned(picks: Picks, *, rendered: bool = False) -> Plan:
    storyboard = board(scene(shot("s/a", 3, model=TURBO), shot("s/b", 3, model=TURBO)))
    jobs = pack(storyboard, catalogue(), frozenset(), picks=picks.current).value
    assert jobs
    there = StoreView(rendered=frozenset(one.digest for one in jobs if rendered))
    return plan([Wanted(None, storyboard, ("wide",), jobs, picks)], there)


@pytest.mark.parametrize(
    ("picks", "rendered", "wanted"),
    [
        (Picks(current={SHOT: PICK}), False, []),
        (Picks(current={SHOT: replace(PICK, clip=ELSEWHERE)}), False, [("SB929", "warning")]),
        (Picks(stale={SHOT: PICK}), False, [("SB930", "warning")]),
        (Picks(stale={SHOT: PICK}), True, [("SB930", "note")]),
        (Picks(), False, []),
    ],
)
def test_picks_are_judged(
    picks: Picks, wanted: list[tuple[str, Severity]], *, rendered: bool
) -> None:
    found = pick_findings(planned(picks, rendered=rendered), {ELSEWHERE})
    assert [(one.code, one.severity) for one in found] == wanted
    assert all(one.about == SHOT and one.span for one in found)


def test_an_absent_clip_of_older_words_is_a_slate() -> None:
    (found,) = pick_findings(planned(Picks(stale={SHOT: PICK})), {CLIP})
    assert "a slate is shown" in found.message


def test_films_that_share_a_shot_are_told_of_it_once() -> None:
    one = planned(Picks(stale={SHOT: PICK}))
    twice = replace(one, films=one.films * 2)
    assert len(pick_findings(twice, ())) == 1
    assert picked_clips(twice.films) == {CLIP}
