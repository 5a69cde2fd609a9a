"""Check a plain document against the schema and the rules, and resolve it to a storyboard.

The two codes are for rooms whose findings can only repeat them.
"""

from storyboard.check.assets import AssetKind, AssetUse, asset_uses
from storyboard.check.check import Checker, check
from storyboard.check.rules.keys_taken import SILENT
from storyboard.check.rules.titles_apart import TITLES_TOGETHER
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
