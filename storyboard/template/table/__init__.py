"""A table file's bytes to rows that know the cell of every value."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from storyboard.template.table.read import read_table
    from storyboard.template.table.table import ColumnFinding, EarlyRow, Reading, Table
else:
    from storyboard.door import lazily

    __getattr__ = lazily(
        __name__,
        {
            "storyboard.template.table.read": ("read_table",),
            "storyboard.template.table.table": (
                "ColumnFinding",
                "EarlyRow",
                "Reading",
                "Table",
            ),
        },
    )

__all__ = ["ColumnFinding", "EarlyRow", "Reading", "Table", "read_table"]
