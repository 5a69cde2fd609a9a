"""What a request asks for to the clip that stands for its answer, where no storyboard is known."""

from dataclasses import dataclass
from fractions import Fraction

from storyboard.backends.animatic.camera import camera_of
from storyboard.backends.animatic.clip import AnimaticClip, Card, Picture
from storyboard.model.storyboard import Size
from storyboard.model.time import FrameRate


@dataclass(frozen=True, slots=True)
class Request:
    """A clip that was asked for: each shot's prompt and whole seconds; `seconds` of the clip.

    `mark` makes clips of equal requests differ in their bytes.
    """

    shots: tuple[tuple[str, int], ...]
    seconds: int
    size: Size
    fps: FrameRate = Fraction(24)
    sound: bool = True
    start: Picture | None = None
    extra_frames: int = 0
    mark: str = ""


def from_request(request: Request) -> AnimaticClip:
    """Turn a request into a clip; its last shot stands until the end."""
    starts = [sum(seconds for _, seconds in request.shots[:n]) for n in range(len(request.shots))]
    cards = []
    for place, ((prompt, seconds), start) in enumerate(zip(request.shots, starts, strict=True)):
        last = place == len(request.shots) - 1
        length = Fraction(request.seconds - start if last else seconds)
        card = Card(
            name=f"shot {place + 1}",
            scene=place,
            start=Fraction(start),
            seconds=length,
            prompt=prompt,
            camera=camera_of(prompt),
            picture=request.start if place == 0 else None,
            backdrop=None if place == 0 else request.start,
        )
        cards.append(card)
    return AnimaticClip(
        request.size,
        request.fps,
        Fraction(request.seconds),
        tuple(cards),
        request.sound,
        request.extra_frames,
        request.mark,
    )
