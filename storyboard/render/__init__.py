"""A plan into clips: the engine, its ports, and what it tells while it runs."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from storyboard.render.amount_due import Due, due
    from storyboard.render.cancelling import Cancelling, Over, StillInFlight, cancel
    from storyboard.render.engine import render
    from storyboard.render.event import (
        Event,
        Outcome,
        Progress,
        Refused,
        Rendered,
        RequestId,
        Skipped,
        Unknown,
    )
    from storyboard.render.faults import CANCELLED, NOT_UPLOADED
    from storyboard.render.kept_clips import kept
    from storyboard.render.ports import Clock, Consent, Doubt, GivenConsent, Limits, Maker, Pictures
    from storyboard.render.reconciling import Found, NotFound, NotLooked, Reconciled, reconcile
else:
    from storyboard.door import lazily

    __getattr__ = lazily(
        __name__,
        {
            "storyboard.render.amount_due": ("Due", "due"),
            "storyboard.render.cancelling": ("Cancelling", "Over", "StillInFlight", "cancel"),
            "storyboard.render.engine": ("render",),
            "storyboard.render.event": (
                "Event",
                "Outcome",
                "Progress",
                "Refused",
                "Rendered",
                "RequestId",
                "Skipped",
                "Unknown",
            ),
            "storyboard.render.faults": ("CANCELLED", "NOT_UPLOADED"),
            "storyboard.render.kept_clips": ("kept",),
            "storyboard.render.ports": (
                "Clock",
                "Consent",
                "Doubt",
                "GivenConsent",
                "Limits",
                "Maker",
                "Pictures",
            ),
            "storyboard.render.reconciling": (
                "Found",
                "NotFound",
                "NotLooked",
                "Reconciled",
                "reconcile",
            ),
        },
    )

__all__ = [
    "CANCELLED",
    "NOT_UPLOADED",
    "Cancelling",
    "Clock",
    "Consent",
    "Doubt",
    "Due",
    "Event",
    "Found",
    "GivenConsent",
    "Limits",
    "Maker",
    "NotFound",
    "NotLooked",
    "Outcome",
    "Over",
    "Pictures",
    "Progress",
    "Reconciled",
    "Refused",
    "Rendered",
    "RequestId",
    "Skipped",
    "StillInFlight",
    "Unknown",
    "cancel",
    "due",
    "kept",
    "reconcile",
    "render",
]
