"""A stand-in for fal on this machine: its doors, scaled time, drawn clips, faults on order."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from storyboard.emulator.child_process import DidNotStart, child
    from storyboard.emulator.hold import InUse, holder_of
    from storyboard.emulator.launching import Options, ScenarioWrong, launch, load_scenario
    from storyboard.emulator.listen import Urls
    from storyboard.emulator.shown import NAMES
else:
    from storyboard.door import lazily

    __getattr__ = lazily(
        __name__,
        {
            "storyboard.emulator.child_process": ("DidNotStart", "child"),
            "storyboard.emulator.hold": ("InUse", "holder_of"),
            "storyboard.emulator.launching": (
                "Options",
                "ScenarioWrong",
                "launch",
                "load_scenario",
            ),
            "storyboard.emulator.listen": ("Urls",),
            "storyboard.emulator.shown": ("NAMES",),
        },
    )

__all__ = [
    "NAMES",
    "DidNotStart",
    "InUse",
    "Options",
    "ScenarioWrong",
    "Urls",
    "child",
    "holder_of",
    "launch",
    "load_scenario",
]
