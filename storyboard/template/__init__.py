"""Variables, tables and variations into plain documents: `expand`."""

from storyboard.template.campaign.agree import Agreement
from storyboard.template.campaign.campaign import CHECKS, CheckTable, Level, check_table, table_json
from storyboard.template.campaign.choose import ALL, Choice, NoChoice, read_choice, why_none
from storyboard.template.campaign.cost import (
    Charge,
    ColumnCost,
    column_costs,
    costs_json,
    expensive,
    lines_of,
)
from storyboard.template.campaign.whole import of_films, of_the_whole
from storyboard.template.expand.build import Use
from storyboard.template.expand.empty_cells import once_for_each_cell
from storyboard.template.expand.expand import expand
from storyboard.template.expand.files import Files, path_beside
from storyboard.template.expand.gather import gather
from storyboard.template.expand.variation import Campaign, Variation
from storyboard.template.expressions.value import Value, text_of
from storyboard.template.table.row import Row

__all__ = [
    "ALL",
    "CHECKS",
    "Agreement",
    "Campaign",
    "Charge",
    "CheckTable",
    "Choice",
    "ColumnCost",
    "Files",
    "Level",
    "NoChoice",
    "Row",
    "Use",
    "Value",
    "Variation",
    "check_table",
    "column_costs",
    "costs_json",
    "expand",
    "expensive",
    "gather",
    "lines_of",
    "of_films",
    "of_the_whole",
    "once_for_each_cell",
    "path_beside",
    "read_choice",
    "table_json",
    "text_of",
    "why_none",
]
