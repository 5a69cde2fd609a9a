"""Variables, tables and variations into plain documents: `expand`."""

from storyboard.template.build import Use
from storyboard.template.expand import expand
from storyboard.template.expressions.value import Value
from storyboard.template.files import Files, path_beside
from storyboard.template.gather import gather
from storyboard.template.table.row import Row
from storyboard.template.variation import Campaign, Variation

__all__ = [
    "Campaign",
    "Files",
    "Row",
    "Use",
    "Value",
    "Variation",
    "expand",
    "gather",
    "path_beside",
]
