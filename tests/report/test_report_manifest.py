"""A manifest's cells are texts: lists are joined, and no cell runs as a formula."""

import csv
import io

import pytest

from storyboard.report.manifest import FIELDS, Entry, to_csv


def entry(**changed: object) -> Entry:
    base: Entry = dict.fromkeys(FIELDS)
    return base | {"captions": [], "jobs": [], "columns": {}} | changed


def cells(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text, newline="")))


@pytest.mark.parametrize(
    "sign",
    ["=", "+", "-", "@", "\t=", "\r=", "\n@", "  +", "\u00a0-", "\ufeff=", "\uff1d", "\uff20"],
)
def test_formulas_stay_texts(sign: str) -> None:
    (line,) = cells(to_csv([entry(columns={"note": f"{sign}1+1"})]))
    assert line["row.note"] == f"'{sign}1+1"


def test_what_runs_in_no_spreadsheet_stays_as_it_is() -> None:
    for text in ("20 % = a fifth", "a@b.de", "'=1", "", " ", "3 - 1"):
        (line,) = cells(to_csv([entry(columns={"note": text})]))
        assert line["row.note"] == text


def test_names_that_come_from_a_table_are_no_formulas_either() -> None:
    name = "=HYPERLINK(1)"
    (line,) = cells(
        to_csv([entry(variation=name, file=f"{name}.mp4", captions=[name], columns={name: "1"})])
    )
    assert {line[key][:2] for key in ("variation", "file", "captions")} == {"'="}
    assert f"row.{name}" in line


def test_lists_are_joined_and_numbers_stay() -> None:
    (line,) = cells(to_csv([entry(jobs=["a/b", "c/d"], row=3, seconds=-1.5)]))
    assert line["jobs"] == "a/b|c/d"
    assert line["row"] == "3"
    assert line["seconds"] == "-1.5"


def test_columns_of_all_rows_are_there_for_each() -> None:
    lines = cells(to_csv([entry(columns={"a": "1"}), entry(columns={"b": 'x,"\n'})]))
    assert [one["row.a"] for one in lines] == ["1", ""]
    assert [one["row.b"] for one in lines] == ["", 'x,"\n']
