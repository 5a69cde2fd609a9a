"""A table file's bytes to rows that know the cell of every value."""

from storyboard.template.table.read import read_table
from storyboard.template.table.table import ColumnFinding, EarlyRow, Reading, Table

__all__ = ["ColumnFinding", "EarlyRow", "Reading", "Table", "read_table"]
