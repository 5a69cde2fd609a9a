"""Rendered jobs to films on disk, each cut once; and the manifest that lists them."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from storyboard.delivery.ahead import Ahead
    from storyboard.delivery.delivering import (
        Delivered,
        Delivery,
        Paged,
        Room,
        Undelivered,
        deliver,
        deliver_timeline,
        timeline_of,
    )
    from storyboard.delivery.memory import Memory
    from storyboard.delivery.order import Order, orders
    from storyboard.delivery.shown_clips import ShownClips, shown_shots
else:
    from storyboard.door import lazily

    __getattr__ = lazily(
        __name__,
        {
            "storyboard.delivery.ahead": ("Ahead",),
            "storyboard.delivery.delivering": (
                "Delivered",
                "Delivery",
                "Paged",
                "Room",
                "Undelivered",
                "deliver",
                "deliver_timeline",
                "timeline_of",
            ),
            "storyboard.delivery.memory": ("Memory",),
            "storyboard.delivery.order": ("Order", "orders"),
            "storyboard.delivery.shown_clips": ("ShownClips", "shown_shots"),
        },
    )

__all__ = [
    "Ahead",
    "Delivered",
    "Delivery",
    "Memory",
    "Order",
    "Paged",
    "Room",
    "ShownClips",
    "Undelivered",
    "deliver",
    "deliver_timeline",
    "orders",
    "shown_shots",
    "timeline_of",
]
