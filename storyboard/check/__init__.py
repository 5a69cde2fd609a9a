"""Check a plain document against the schema and the rules, and resolve it to a storyboard.

The codes are for rooms whose findings can only repeat them. Names are imported when they are
first asked for: those rooms need no rules and no schema.
"""

from storyboard.check.assets import AssetKind, AssetUse, asset_uses
from storyboard.check.checker import Checker, check
from storyboard.check.codes import SILENT, TITLES_TOGETHER
from storyboard.check.reading import child
from storyboard.check.rules import columns
from storyboard.check.schema.file import schema_text

__all__ = [
    "SILENT",
    "TITLES_TOGETHER",
    "AssetKind",
    "AssetUse",
    "Checker",
    "asset_uses",
    "check",
    "child",
    "columns",
    "schema_text",
]
