"""What a shot shows: its current pick, the take of its job, a pick for older words, or nothing."""

from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import cast

from storyboard.catalogue import EndpointId, Mode
from storyboard.cut import ShotClip
from storyboard.delivery import ShownClips, shown_shots
from storyboard.jobs import ClipJob, JobDigest, JobId, JobShot, PickedShot, Picks
from storyboard.model import NOTHING, Clip, ClipDigest, ClipFacts, ShotName, Usd
from storyboard.plan import Film
from storyboard.render import Outcome, Rendered, Skipped

SHOT, JOB = ShotName("s/one"), JobDigest("j" * 64)
FACTS = cast("ClipFacts", None)  # nothing here looks at a clip


def clip(sign: str) -> Clip:
    return Clip(ClipDigest(sign * 64), Path(f"{sign}.mp4"), FACTS)


def job() -> ClipJob:
    return ClipJob(
        id=JobId("s/one"),
        digest=JOB,
        model="kling-v3-pro",
        endpoint=EndpointId("fal-ai/kling"),
        shots=(JobShot(SHOT, Fraction(2), 3, Fraction(3), ""),),
        seconds=5,
        mode=Mode.SILENT,
        body={},
        cost=Usd(Decimal(1)),
        after=(),
        why="",
    )


def film(picks: Picks | None = None) -> Film:
    return Film(None, cast("object", None), (), (JOB,), Fraction(3), (job(),), picks or Picks())  # type: ignore[arg-type]


def pick(sign: str) -> PickedShot:
    return PickedShot(ClipDigest(sign * 64), JOB, 1, 7, Fraction(1), Fraction(3))


def rendered(sign: str) -> Outcome:
    return Rendered(job(), clip(sign), None, NOTHING)


LACKING = Skipped(job(), "it is not rendered yet")


def shown(one: Film, clips: ShownClips) -> ShotClip | str:
    return shown_shots(one, clips)[SHOT]


def test_without_a_pick_the_take_of_the_job_is_shown() -> None:
    assert shown(film(), ShownClips({JOB: rendered("a")})) == ShotClip(clip("a"), Fraction(2))
    assert shown(film(), ShownClips({JOB: LACKING})) == "it is not rendered yet"
    assert shown(film(), ShownClips({})) == "it is not rendered yet"


def test_a_current_pick_comes_first_and_its_absence_is_told() -> None:
    one = film(picks=Picks(current={SHOT: pick("p")}))
    there = ShownClips({JOB: rendered("a")}, picked={clip("p").digest: clip("p")})
    assert shown(one, there) == ShotClip(clip("p"), Fraction(1))
    without = shown(one, ShownClips({JOB: rendered("a")}))
    assert without == f"take 7 was picked, and its clip {'p' * 12} is not here"


def test_a_stale_pick_stands_in_until_the_job_has_a_clip() -> None:
    one = film(picks=Picks(stale={SHOT: pick("p")}))
    picked = {clip("p").digest: clip("p")}
    assert shown(one, ShownClips({JOB: LACKING}, picked=picked)) == ShotClip(clip("p"), Fraction(1))
    both = ShownClips({JOB: rendered("a")}, picked=picked)
    assert shown(one, both) == ShotClip(clip("a"), Fraction(2))
    assert shown(one, ShownClips({JOB: LACKING})) == "it is not rendered yet"
