"""fal: the only room that speaks HTTP, and the only one that sees the key."""

from storyboard.backends.fal.address import Addresses, BadAddress, addresses_of
from storyboard.backends.fal.facts import FAL, REHEARSED
from storyboard.backends.fal.key import Key, MissingKey, key_of
from storyboard.backends.fal.provider import Fal, connect, open_fal

__all__ = [
    "FAL",
    "REHEARSED",
    "Addresses",
    "BadAddress",
    "Fal",
    "Key",
    "MissingKey",
    "addresses_of",
    "connect",
    "key_of",
    "open_fal",
]
