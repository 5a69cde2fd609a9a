"""Names that rows give."""

from storyboard.diagnostics import Span
from storyboard.source import Scalar
from storyboard.template.expand.varied import Varied, header_of, places_of_columns
from storyboard.template.table import Table
from storyboard.template.table.row import Row, aliases_of

PLACE = Span("rows.csv", 1, 1, 1, 6)
ROW = Row(1, {"Unit price": "9"}, {}, aliases_of(("Unit price",)))
TABLE = Table("rows.csv", "Unit price\n9\n", {"Unit price": PLACE}, (ROW,))


def varied(table: Table | None, group_by: Scalar | None = None) -> Varied:
    columns = frozenset({"Unit price", "locale"})
    return Varied((ROW,), columns, table, ("locale",), None, None, group_by, (), broken=False)


def test_rows_give_columns_that_are_names_and_the_slugs_of_all() -> None:
    assert varied(TABLE).names == {"locale", "unit_price", "row"}


def test_rows_that_are_grouped_give_their_group_too() -> None:
    assert varied(TABLE, Scalar("sku", "sku", PLACE)).names >= {"row", "group"}


def test_the_header_is_the_place_of_the_first_column() -> None:
    (place,) = places_of_columns(TABLE)
    assert place.span == PLACE
    assert header_of(varied(TABLE)) == place


def test_without_a_table_there_is_no_header() -> None:
    assert header_of(varied(None)) is None
    assert header_of(None) is None
