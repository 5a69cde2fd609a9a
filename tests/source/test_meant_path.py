"""A suggested path is written from the folder of the file that names the missing one."""

import pytest

from storyboard.diagnostics import Span
from storyboard.source import Scalar, did_you_mean


@pytest.mark.parametrize(
    ("file", "written", "found", "said"),
    [
        ("a.yaml", "crad.png", "card.png", "did you mean `card.png`?"),
        ("film/a.yaml", "crad.png", "film/card.png", "did you mean `card.png`?"),
        ("shared/a.yaml", "b/c.png", "b/c.png", "did you mean `../b/c.png`?"),
        ("a.yaml", "B/C.png", "b/c.png", "did you mean `b/c.png`? Capitals count in paths"),
        ("a.yaml", "b\\c.png", "b/c.png", "did you mean `b/c.png`? Write `/` between folders"),
        ("a.yaml", "/f/C.png", "/f/c.png", "did you mean `/f/c.png`? Capitals count in paths"),
        ("/f/a.yaml", "d.png", "/f/c.png", "did you mean `c.png`?"),
    ],
)
def test_the_path_is_one_that_works_where_it_is_written(
    file: str, written: str, found: str, said: str
) -> None:
    at = Scalar(written, written, Span(file, 1, 1, 1, 2))
    assert did_you_mean(at, found) == said
