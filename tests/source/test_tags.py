"""Tags of other programs are answered with what a storyboard has for them."""

import pytest

from storyboard.source import read
from storyboard.source.tags import instead_of


@pytest.mark.parametrize(
    ("tag", "way"),
    [
        *(
            (tag, "use:")
            for tag in ("!include", "!Include", "!import", "!inherit", "!file", "!merge")
        ),
        *((tag, "extends:") for tag in ("!include", "!extends", "!include_dir_list")),
        *((tag, "variables:") for tag in ("!ref", "!Ref", "!reference", "!Sub", "!env", "!ENV")),
        *((tag, "variables:") for tag in ("!secret", "!GetAtt", "!Join", "!var")),
        *((tag, "quotes") for tag in ("!!str", "!!int", "!important")),
    ],
)
def test_the_help_names_the_key_that_does_it(tag: str, way: str) -> None:
    assert way in instead_of(tag)


@pytest.mark.parametrize("value", ["x.yaml", "[a, b]", "{a: 1}"])
def test_a_tag_is_refused_before_any_value(value: str) -> None:
    (one,) = read(f"elements: !include {value}\n".encode(), "f.yaml").diagnostics
    assert (one.code, one.help) == ("SB010", instead_of("!include"))
