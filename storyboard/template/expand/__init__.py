"""Expand a storyboard with variables, tables, `when`, `each`, `use` and `extends`."""

from storyboard.template.expand.build import Use
from storyboard.template.expand.expand import expand
from storyboard.template.expand.files import Files, path_beside
from storyboard.template.expand.gather import gather
from storyboard.template.expand.variation import Campaign, Variation

__all__ = ["Campaign", "Files", "Use", "Variation", "expand", "gather", "path_beside"]
