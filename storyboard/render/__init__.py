"""A plan into clips: the engine, its ports, and what it tells while it runs."""

from storyboard.provider import Provider
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
from storyboard.render.ports import Clock, Consent, Doubt, GivenConsent, Limits, Maker, Pictures

__all__ = [
    "Clock",
    "Consent",
    "Doubt",
    "Event",
    "GivenConsent",
    "Limits",
    "Maker",
    "Outcome",
    "Pictures",
    "Progress",
    "Provider",
    "Refused",
    "Rendered",
    "RequestId",
    "Skipped",
    "Unknown",
    "render",
]
