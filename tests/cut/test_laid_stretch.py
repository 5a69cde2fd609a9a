"""The stretches of a plan are laid on the film's frames, each as packets of a file."""

from pathlib import Path

from clips import ClipRecipe, make_clip

from storyboard.cut.cut_plan import Copied, CutPlan, Encoded
from storyboard.cut.laid_stretch import laid
from storyboard.cut.making import MadeStretch
from storyboard.media.encoding import Encoding
from storyboard.media.packets import index
from storyboard.model.storyboard import Size
from storyboard.model.time import Seconds

HOW = Encoding(Size(192, 108), Seconds(24), "libx264", "medium", 14, 1, (1, 1, 1, 1))


def test_frames_are_numbered_by_the_film(tmp_path: Path) -> None:
    clip = index(make_clip(tmp_path / "a.mp4", ClipRecipe(frames=30, gop=10)))
    made = index(make_clip(tmp_path / "b.mp4", ClipRecipe(frames=8)))
    plan = CutPlan((Copied(0, 20, clip.path, 10, 30), Encoded(20, 8, ("title",))), HOW, 2)
    first, second = laid(plan, {clip.path: clip}, {20: MadeStretch(made, reused=False)})
    assert (first.low, second.low) == (10, 0)
    assert sorted(one.shown for one in first.coded()) == list(range(20))
    assert sorted(one.shown for one in second.coded()) == list(range(20, 28))
    assert {one.path for one in second.coded()} == {made.path}
    assert (first.made is None, second.made is not None) == (True, True)
