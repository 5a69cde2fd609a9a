"""A plain document and facts of its files to a storyboard known good: the schema, then rules."""

from storyboard.check.assets import AssetKind, AssetUse, asset_uses
from storyboard.check.check import Checker, check
from storyboard.check.schema import schema_text

__all__ = ["AssetKind", "AssetUse", "Checker", "asset_uses", "check", "schema_text"]
