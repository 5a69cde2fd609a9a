"""The sign between cells is the one that parts most rows alike."""

import pytest

from storyboard.template.table.separator import delimiter_of


@pytest.mark.parametrize(
    ("text", "sign"),
    [
        ("id;Size, in cm, outer;Price, net\n1;40 x 30;9.99\n2;50 x 30;5.00\n", ";"),
        ("id;Size, in cm;Price, net\n1;40, 30;9,99\n2;50, 30;5,00\n", ";"),
        ("id;Size, w, h, d;Price\n1;40, 30, 20, 10;9\n2;50, 30, 20, 10;5\n", ";"),
        ("id\tSize, in cm; outer\n1\t40 x 30\n", "\t"),
        ("id|Size, in cm|Price; net\n1|40|9,99\n", "|"),
        ('"id","Size; in; cm"\n1,40 x 30\n', ","),
        ('"id";"Size, in, cm"\n"1";"40, 30"\n', ";"),
        ("id,html\n1,a; b; c\n2,a; b\n3,a\n", ","),
        ('id,html\n1,"a;b\nc;d\ne;f\ng;h"\n2,"a"\n', ","),
        ('size,name\n5" pipe,a;b\n6" pipe,c;d\n', ","),
        ("id,tags\n1,a;b\n2,c;d\n3,e;f,g\n", ","),
        ("# a; b; c\n# d, e\nid,name\n1,cup\n", ","),
        ('"# a; b","# c; d"\n"id","name"\n1,cup\n', ","),
        ("Products, 2026\nsku;name;price\nA;Mug;9\nB;Cup;8\n", ";"),
        ("\n\nid;name\n1;a, b\n", ";"),
        ("sep=|\nid;x|name\n", "|"),
        ("tags\nred;blue\ngreen;white\n", ","),
        ("name\nmug\n", ","),
        ("", ","),
    ],
)
def test_the_sign_that_parts_most_rows_alike_is_taken(text: str, sign: str) -> None:
    assert delimiter_of(text, "rows.csv")[0] == sign


def test_a_row_that_is_named_as_the_header_tells_the_sign() -> None:
    text = "Report; of; shop\nMade, today\nid,name\n1,cup\n"
    assert delimiter_of(text, "rows.csv", header=3)[0] == ","


def test_the_end_of_what_is_looked_at_does_not_count() -> None:
    text = "a;b,c\n" + "x" * 99_990 + ";y" + ",z" * 50 + "\n1;2\n"
    assert delimiter_of(text, "rows.csv")[0] == ";"
