"""How a film is to be made, beyond what is in it."""

from dataclasses import dataclass
from enum import StrEnum

from storyboard.media import SOFTWARE


class Quality(StrEnum):
    """A final film, or a draft that is made sooner and looks worse."""

    FINAL = "final"
    DRAFT = "draft"


class Check(StrEnum):
    """How it is checked that the finished film is what was asked for.

    By proof: what is new is decoded, the rest compared with what was decoded before. In full: all
    of it is decoded again.
    """

    PROOF = "proof"
    FULL = "full"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class CutOptions:
    """How to encode what must be encoded.

    `encoder` is ffmpeg's name of an H.264 encoder; `preset` one of x264's, None for the quality's
    own; `workers` how many stretches are encoded at once, None for one for each core.
    """

    encoder: str = SOFTWARE
    quality: Quality = Quality.FINAL
    preset: str | None = None
    workers: int | None = None
    check: Check = Check.PROOF
