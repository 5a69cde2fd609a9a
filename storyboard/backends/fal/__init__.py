"""fal behind the engine's port: its queue, its storage, its list of requests, its errors."""

from storyboard.backends.fal.address import Addresses, BadAddress, addresses_of
from storyboard.backends.fal.facts import FAL, REHEARSED
from storyboard.backends.fal.key import MissingKey, key_of
from storyboard.backends.fal.provider import Fal, connect, open_fal, settings_of

__all__ = [
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
