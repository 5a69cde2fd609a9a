"""Storyboard and clips to a film: timeline, joining, titles, captions, sound, exports."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from storyboard.cut.ahead import encode_ahead
    from storyboard.cut.cut_film import cut, prepare
    from storyboard.cut.cut_report import CutError, CutEvent, CutReport, report_to_json
    from storyboard.cut.explanation import explain, plan_to_json
    from storyboard.cut.film_shape import sized
    from storyboard.cut.layout import lay_out
    from storyboard.cut.options import Check, CutOptions, Quality
    from storyboard.cut.pages import Pages
    from storyboard.cut.placed import ShotClip
    from storyboard.cut.timeline import ClipSource, SlateSource, StillSource, TimedShot, Timeline
    from storyboard.cut.workshop import DerivedFolder, Workshop
else:
    from storyboard.door import lazily

    __getattr__ = lazily(
        __name__,
        {
            "storyboard.cut.ahead": ("encode_ahead",),
            "storyboard.cut.cut_film": ("cut", "prepare"),
            "storyboard.cut.cut_report": ("CutError", "CutEvent", "CutReport", "report_to_json"),
            "storyboard.cut.explanation": ("explain", "plan_to_json"),
            "storyboard.cut.film_shape": ("sized",),
            "storyboard.cut.layout": ("lay_out",),
            "storyboard.cut.options": ("Check", "CutOptions", "Quality"),
            "storyboard.cut.pages": ("Pages",),
            "storyboard.cut.placed": ("ShotClip",),
            "storyboard.cut.timeline": (
                "ClipSource",
                "SlateSource",
                "StillSource",
                "TimedShot",
                "Timeline",
            ),
            "storyboard.cut.workshop": ("DerivedFolder", "Workshop"),
        },
    )

__all__ = [
    "Check",
    "ClipSource",
    "CutError",
    "CutEvent",
    "CutOptions",
    "CutReport",
    "DerivedFolder",
    "Pages",
    "Quality",
    "ShotClip",
    "SlateSource",
    "StillSource",
    "TimedShot",
    "Timeline",
    "Workshop",
    "cut",
    "encode_ahead",
    "explain",
    "lay_out",
    "plan_to_json",
    "prepare",
    "report_to_json",
    "sized",
]
