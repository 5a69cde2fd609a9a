"""XML and HTML are recognised under any name; a header may be in angle brackets."""

import pytest

from storyboard.template.table import Reading, read_table

XML = '<?xml version="1.0" encoding="UTF-8"?>\n'
RSS = '<rss xmlns:g="http://base.google.com/ns/1.0" version="2.0">\n<channel><title>Shop</title>'
ATOM = '<feed xmlns="http://www.w3.org/2005/Atom"><entry><g:id>A1</g:id></entry></feed>'
ITEMS = "<products>\n  <product><id>A1</id></product>\n</products>\n"


@pytest.mark.parametrize("file", ["feed.xml", "feed.txt", "feed.csv", "feed", "feed.rss", "f.json"])
@pytest.mark.parametrize(
    ("text", "root"),
    [
        (XML + ITEMS, "products"),
        (ITEMS, "products"),
        (XML + RSS, "rss"),
        (RSS, "rss"),
        (XML + ATOM, "feed"),
        ("\n  " + ATOM, "feed"),
        (XML + "<!-- made by a plug-in -->\n<g:items><g:item/></g:items>", "g:items"),
        ("<!-- made by a plug-in -->\n" + ITEMS, "products"),
        (XML + '<?xml-stylesheet href="a.xsl"?>\n<catalog/>', "catalog"),
        (XML + '<!DOCTYPE SHOP SYSTEM "shop.dtd">\n<SHOP>\n<ITEM/></SHOP>', "SHOP"),
    ],
)
def test_an_xml_feed_is_recognised_under_any_name(text: str, root: str, file: str) -> None:
    for data in (text.encode(), b"\xef\xbb\xbf" + text.encode(), text.encode("utf-16")):
        found, [problem] = read_table(data, file, Reading())
        assert (found, problem.code) == (None, "SB631")
        assert f"this is an XML feed, `<{root}>`" in problem.message
        assert "CSV, TSV or JSON" in str(problem.help)


def test_an_xml_feed_in_another_encoding_is_one_finding() -> None:
    text = '<?xml version="1.0" encoding="ISO-8859-1"?>\n<items><item>Café crème</item></items>'
    found, problems = read_table(text.encode("latin-1"), "feed.csv", Reading())
    assert (found, [one.code for one in problems]) == (None, ["SB631"])


@pytest.mark.parametrize(
    "text",
    [
        XML + "<!DOCTYPE html>\n<html><body>Log in</body></html>",
        "<!doctype html><title>x</title>",
        "<!-- saved --><html>",
        "<!-- saved -->",
        "<table><tr><td>a</td></tr></table>",
        "<BODY class=a>",
    ],
)
def test_a_web_page_stays_a_web_page(text: str) -> None:
    found, [problem] = read_table(text.encode(), "rows.csv", Reading())
    assert (found, problem.code) == (None, "SB649")


def test_a_workbook_as_xml_is_a_spreadsheet() -> None:
    text = XML + '<?mso-application progid="Excel.Sheet"?><ss:Workbook><ss:Row/></ss:Workbook>'
    found, [problem] = read_table(text.encode(), "rows.csv", Reading())
    assert (found, problem.code) == (None, "SB631")
    assert "spreadsheet" in problem.message


@pytest.mark.parametrize(
    "text",
    ["<ID>,<NAME>\n1,Cup\n", "<ID>;<NAME>\n1;Cup\n", "<3 shop,price\nCup,9\n", "<a> b,c\n1,2\n"],
)
def test_a_header_in_angle_brackets_is_a_header(text: str) -> None:
    found, problems = read_table(text.encode(), "rows.csv", Reading())
    assert problems == []
    assert found is not None


@pytest.mark.parametrize("file", ["rows.csv", "rows.txt", "rows", "rows.dat"])
@pytest.mark.parametrize("text", ['[{"a": 1}]', '\n[\n  {"a": 1}\n]', '{"a": 1}\n{"a": 2}\n'])
def test_json_under_another_name_says_what_to_write(text: str, file: str) -> None:
    found, [problem] = read_table(text.encode(), file, Reading())
    assert (found, problem.code) == (None, "SB631")
    assert "kind: json" in str(problem.help)
    kind = "json" if "[" in text else "jsonl"
    table, problems = read_table(text.encode(), file, Reading(kind=kind))
    assert problems == []
    assert table is not None
