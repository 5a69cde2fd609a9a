"""fal behind the engine's port: its queue, its storage, its list of requests, its errors."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from storyboard.backends.fal.address import Addresses, BadAddress, addresses_of
    from storyboard.backends.fal.facts import FAL, REHEARSED
    from storyboard.backends.fal.key import MissingKey, key_of
    from storyboard.backends.fal.provider import ACCESS, Fal, connect, open_fal, settings_of
else:
    from storyboard.door import lazily

    __getattr__ = lazily(
        __name__,
        {
            "storyboard.backends.fal.address": ("Addresses", "BadAddress", "addresses_of"),
            "storyboard.backends.fal.facts": ("FAL", "REHEARSED"),
            "storyboard.backends.fal.key": ("MissingKey", "key_of"),
            "storyboard.backends.fal.provider": (
                "ACCESS",
                "Fal",
                "connect",
                "open_fal",
                "settings_of",
            ),
        },
    )

__all__ = [
    "ACCESS",
    "FAL",
    "REHEARSED",
    "Addresses",
    "BadAddress",
    "Fal",
    "MissingKey",
    "addresses_of",
    "connect",
    "key_of",
    "open_fal",
    "settings_of",
]
