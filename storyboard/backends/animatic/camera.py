"""Words of a prompt to a camera's move, and that to what is seen at each point of it."""

import math
import re
from dataclasses import dataclass
from enum import StrEnum

from storyboard.media import View, eased


class Motion(StrEnum):
    """How a camera moves; the value is what the margin calls it."""

    STATIC = "Static"
    DRIFT = "Drift"
    PUSH_IN = "Push in"
    PULL_OUT = "Pull out"
    PAN_LEFT = "Pan left"
    PAN_RIGHT = "Pan right"
    TILT_UP = "Tilt up"
    TILT_DOWN = "Tilt down"
    TRACK_LEFT = "Track left"
    TRACK_RIGHT = "Track right"
    CRANE_UP = "Crane up"
    CRANE_DOWN = "Crane down"
    ORBIT = "Orbit"
    HANDHELD = "Handheld"


@dataclass(frozen=True, slots=True)
class Camera:
    """A move and how far it goes: 1 is usual, less is slow, more is fast."""

    motion: Motion
    reach: float = 1.0


_LEFT = r"(?:to the |towards the |from the right|right[- ]to[- ])?left"
_RIGHT = r"(?:to the |towards the |from the left|left[- ]to[- ])?right"
_GOES = r"(?:s|ning|ing|ting|king)?\s+(?:shot\s+)?(?:slowly\s+|gently\s+|quickly\s+)?"
_WORDS: tuple[tuple[str, Motion], ...] = (
    (r"dolly[- ]zoom|vertigo", Motion.PUSH_IN),
    ("推近|推进|推镜|拉近", Motion.PUSH_IN),
    ("拉远|拉镜|后拉", Motion.PULL_OUT),
    ("向左摇|左摇", Motion.PAN_LEFT),
    ("向右摇|右摇", Motion.PAN_RIGHT),
    ("向上摇|上摇", Motion.TILT_UP),
    ("向下摇|下摇", Motion.TILT_DOWN),
    ("向左移|左移", Motion.TRACK_LEFT),
    ("向右移|右移|跟拍|跟随镜头", Motion.TRACK_RIGHT),
    ("镜头上升|升镜", Motion.CRANE_UP),
    ("镜头下降|降镜", Motion.CRANE_DOWN),
    ("环绕", Motion.ORBIT),
    ("手持", Motion.HANDHELD),
    ("固定镜头|镜头固定", Motion.STATIC),
    (
        r"(?:push|dolly|dollies|track|move|creep|truck)(?:es|s|ing|ies)?[- ](?:slowly )?in\b",
        Motion.PUSH_IN,
    ),
    (r"zoom(?:s|ing)?[- ](?:slowly )?in\b|push(?:es|ing)?[- ](?:closer|forward)", Motion.PUSH_IN),
    (r"camera (?:moves|glides|drifts|flies) (?:closer|forward|in)\b", Motion.PUSH_IN),
    (
        r"(?:pull|dolly|dollies|zoom|move)(?:s|ing|ies)?[- ](?:slowly )?(?:out|back|away)\b",
        Motion.PULL_OUT,
    ),
    (r"reveal shot|widens out", Motion.PULL_OUT),
    (rf"pan{_GOES}{_LEFT}\b", Motion.PAN_LEFT),
    (rf"pan{_GOES}{_RIGHT}\b", Motion.PAN_RIGHT),
    (rf"tilt{_GOES}up", Motion.TILT_UP),
    (rf"tilt{_GOES}down", Motion.TILT_DOWN),
    (rf"(?:track|truck|slid|dolly|dolli){_GOES}{_LEFT}\b", Motion.TRACK_LEFT),
    (rf"(?:track|truck|slid|dolly|dolli){_GOES}{_RIGHT}\b", Motion.TRACK_RIGHT),
    (rf"(?:crane|pedestal|boom|jib){_GOES}up|rising (?:crane|drone)|camera rises", Motion.CRANE_UP),
    (rf"(?:crane|pedestal|boom|jib){_GOES}down|camera (?:descends|lowers)", Motion.CRANE_DOWN),
    (r"orbit|arc shot|circles around|camera circles|360", Motion.ORBIT),
    (r"hand[- ]?held|shaky|documentary camera", Motion.HANDHELD),
    (
        r"static|locked[- ]off|still camera|tripod|camera (?:is|holds|stays) (?:still|fixed)",
        Motion.STATIC,
    ),
    (
        r"tracking shot|dolly shot|steadicam|follow(?:s|ing)? (?:shot|him|her|them)",
        Motion.TRACK_RIGHT,
    ),
    (r"\bpan(?:s|ning)?\b", Motion.PAN_RIGHT),
    (r"\btilt(?:s|ing)?\b", Motion.TILT_UP),
    (r"crane shot|drone shot|aerial", Motion.CRANE_UP),
    (r"\bzoom(?:s|ing)?\b", Motion.PUSH_IN),
)
"""The first that is found counts: what names its direction stands before what does not."""

_FOUND = tuple((re.compile(words, re.IGNORECASE), motion) for words, motion in _WORDS)
_SLOW = re.compile(r"\b(?:slow|slowly|gentle|gently|subtle|soft)\b|缓慢|缓缓|慢慢", re.IGNORECASE)
_FAST = re.compile(r"\b(?:fast|quick|quickly|rapid|whip|crash)\b|快速|迅速", re.IGNORECASE)
_SAMPLES = 24
_NEAR = 24
"""How many letters before a move a word may stand that says how fast it is."""


def camera_of(prompt: str) -> Camera:
    """Find the camera's move in a prompt; a slow drift where it names none."""
    for words, motion in _FOUND:
        found = words.search(prompt)
        if found:
            around = prompt[max(0, found.start() - _NEAR) : found.end() + _NEAR]
            reach = 0.7 if _SLOW.search(around) else 1.5 if _FAST.search(around) else 1.0
            return Camera(motion, reach)
    return Camera(Motion.DRIFT, 0.5)


@dataclass(frozen=True, slots=True)
class _Path:
    """A move of reach 1: how far across and down, how much closer at its end, and from what width.

    All are parts of the picture; a negative `closer` moves away.
    """

    across: float = 0.0
    down: float = 0.0
    closer: float = 0.0
    width: float = 1.0


_PATHS = {
    Motion.STATIC: _Path(),
    Motion.DRIFT: _Path(closer=0.15),
    Motion.PUSH_IN: _Path(closer=0.15),
    Motion.PULL_OUT: _Path(closer=-0.15),
    Motion.PAN_LEFT: _Path(across=-0.16, width=0.84),
    Motion.PAN_RIGHT: _Path(across=0.16, width=0.84),
    Motion.TILT_UP: _Path(down=-0.16, width=0.84),
    Motion.TILT_DOWN: _Path(down=0.16, width=0.84),
    Motion.TRACK_LEFT: _Path(across=-0.20, width=0.80),
    Motion.TRACK_RIGHT: _Path(across=0.20, width=0.80),
    Motion.CRANE_UP: _Path(down=-0.14, closer=-0.06, width=0.90),
    Motion.CRANE_DOWN: _Path(down=0.14, closer=0.06, width=0.90),
    Motion.ORBIT: _Path(across=0.13, down=0.02, closer=0.03, width=0.88),
    Motion.HANDHELD: _Path(width=0.92),
}


def view(camera: Camera, part: float) -> View:
    """Return what is seen of a picture when `part` (0 to 1) of the move is over."""
    if camera.motion is Motion.HANDHELD:
        return _handheld(part, camera.reach)
    path, along = _PATHS[camera.motion], eased(part)
    way = (along - 0.5) * camera.reach
    near = abs(path.closer) * camera.reach * (along if path.closer > 0 else 1 - along)
    return View(0.5 + path.across * way, 0.5 + path.down * way, path.width - near)


def always_seen(camera: Camera) -> tuple[float, float, float, float]:
    """Return the left, upper, right and lower edge of what is in view in every frame, in parts."""
    views = [view(camera, n / _SAMPLES).box(1, 1) for n in range(_SAMPLES + 1)]
    left, top, right, bottom = zip(*views, strict=True)
    return max(left), max(top), min(right), min(bottom)


def always_above(camera: Camera, line: float) -> float:
    """Return down to where a picture is seen above a line of the film's picture in every frame."""
    views = [view(camera, n / _SAMPLES).box(1, 1) for n in range(_SAMPLES + 1)]
    return min(top + (bottom - top) * line for _, top, _, bottom in views)


def _handheld(part: float, reach: float) -> View:
    """Sway as a hand does: slow waves whose lengths share no measure."""
    turn = 2 * math.pi * part
    x = 0.008 * math.sin(2.3 * turn) + 0.004 * math.sin(5.1 * turn + 1.1)
    y = 0.007 * math.sin(1.7 * turn + 0.6) + 0.004 * math.sin(4.3 * turn + 2.0)
    return View(0.5 + x * reach, 0.5 + y * reach, _PATHS[Motion.HANDHELD].width)
