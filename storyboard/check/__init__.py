"""Check a plain document against the schema and the rules, and resolve it to a storyboard.

The two codes are for rooms whose findings can only repeat them. Names are imported when they are
first asked for: those rooms need no rules and no schema.
"""

import importlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from storyboard.check.assets import AssetKind, AssetUse, asset_uses
    from storyboard.check.checker import Checker, check
    from storyboard.check.codes import SILENT, TITLES_TOGETHER
    from storyboard.check.schema import schema_text

__all__ = [
    "SILENT",
    "TITLES_TOGETHER",
    "AssetKind",
    "AssetUse",
    "Checker",
    "asset_uses",
    "check",
    "schema_text",
]

_HOMES = {
    "SILENT": "codes",
    "TITLES_TOGETHER": "codes",
    "AssetKind": "assets",
    "AssetUse": "assets",
    "asset_uses": "assets",
    "Checker": "checker",
    "check": "checker",
    "schema_text": "schema",
}


def __getattr__(name: str) -> object:
    """Import what is first asked for."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(importlib.import_module(f"{__name__}.{_HOMES[name]}"), name)
