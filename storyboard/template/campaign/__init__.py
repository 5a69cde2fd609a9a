"""See a campaign as a whole: its table of checks, its costs by column, prices that disagree."""

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

__all__ = [
    "ALL",
    "CHECKS",
    "Agreement",
    "Charge",
    "CheckTable",
    "Choice",
    "ColumnCost",
    "Level",
    "NoChoice",
    "check_table",
    "column_costs",
    "costs_json",
    "expensive",
    "lines_of",
    "of_films",
    "of_the_whole",
    "read_choice",
    "table_json",
    "why_none",
]
