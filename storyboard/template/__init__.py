"""Variables, tables and variations into plain documents: `expand`."""

from storyboard.template.expand.build import Use
from storyboard.template.expand.expand import expand
from storyboard.template.expand.files import Files, path_beside
from storyboard.template.expand.gather import gather
from storyboard.template.expand.variation import Campaign, Variation
from storyboard.template.expressions.value import Value
from storyboard.template.table.row import Row

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
