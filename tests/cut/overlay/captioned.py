"""A film of one still, with captions."""

from collections.abc import Sequence
from fractions import Fraction

from storyboard.diagnostics import Span
from storyboard.model.asset import FileDigest, LocalFile, PictureFacts
from storyboard.model.cut import CUT, Cut, Look
from storyboard.model.storyboard import (
    AspectRatio,
    Captions,
    Continuity,
    Fit,
    Format,
    Line,
    Move,
    Output,
    Pack,
    Scene,
    ShotName,
    StillShot,
    Storyboard,
)

SHOT = Span("storyboard.yaml", 3, 5, 3, 9)
CAPTION = Span("storyboard.yaml", 4, 5, 4, 9)
SAID = Span("storyboard.yaml", 5, 5, 5, 9)
SHAPE = Format(AspectRatio(16, 9), None, None)


def local(path: str) -> LocalFile:
    return LocalFile(path, FileDigest("0" * 64), 1, PictureFacts("PNG", 9, 9))


def captioned(
    caption: str | None = None,
    said: Sequence[str] = (),
    outputs: Sequence[Captions] = (Captions.BURN,),
    font: str | None = None,
    name: str = "a/b",
) -> Storyboard:
    """Make the film; `outputs` says what each does with captions."""
    shot = StillShot(
        ShotName(name),
        Fraction(3),
        local("x.png"),
        Move.NONE,
        tuple(Line("mara", None, one, SAID) for one in said),
        Look(CUT, (), caption, CAPTION if caption else None),
        SHOT,
    )
    return Storyboard(
        name="film",
        title="Film",
        scenes=(Scene("a", None, (shot,), Pack.SCENE, Continuity.AUTO, SHOT),),
        elements={},
        voices={},
        format=SHAPE,
        cut=Cut((), (), None, None, local(font) if font else None),
        outputs=tuple(
            Output(f"film-{n}", SHAPE, Fit.CROP, how, SHOT) for n, how in enumerate(outputs)
        ),
        budget=None,
        file="storyboard.yaml",
    )
