"""Rendered jobs to films on disk, each cut once; and the manifest that lists them."""

from storyboard.delivery.deliver import (
    Delivered,
    Delivery,
    Paged,
    Room,
    Undelivered,
    deliver,
    deliver_timeline,
    timeline_of,
)
from storyboard.delivery.order import Order, orders

__all__ = [
    "Delivered",
    "Delivery",
    "Order",
    "Paged",
    "Room",
    "Undelivered",
    "deliver",
    "deliver_timeline",
    "orders",
    "timeline_of",
]
