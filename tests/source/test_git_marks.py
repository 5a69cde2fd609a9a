"""What git leaves instead of content is known by its first bytes, and a merge by its marks."""

import pytest

from storyboard.source import Lines, as_text, read
from storyboard.source.git_marks import is_lfs_pointer, unfinished_merge

POINTER = b"version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 123\n"


@pytest.mark.parametrize(
    "data", [POINTER, POINTER[:64], POINTER.replace(b"git-lfs", b"hawser"), POINTER + b"more"]
)
def test_a_pointer_is_known(data: bytes) -> None:
    assert is_lfs_pointer(data)
    (one,) = read(data, "film.yaml").diagnostics
    assert (one.code, one.message) == ("SB033", "`film.yaml` is a Git LFS pointer")
    assert one.help == "run `git lfs pull`"


@pytest.mark.parametrize("data", [b"", b"version: 1\n", b"\x89PNG\r\n", b" " + POINTER])
def test_other_files_are_not_pointers(data: bytes) -> None:
    assert not is_lfs_pointer(data)


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize(
    ("marks", "line"),
    [
        (("<<<<<<< HEAD", "a: 1", "=======", "a: 2", ">>>>>>> autumn"), 2),
        (("<<<<<<< HEAD", "a: 1", "||||||| base", "=======", "a: 2", ">>>>>>> autumn"), 2),
        (("a: 1", "=======", "a: 2", ">>>>>>> autumn"), 3),
        (("a: 1", ">>>>>>>"), 3),
        (("<<<<<<<", "a: 1"), 2),
    ],
)
def test_a_merge_is_one_finding_at_its_first_mark(
    marks: tuple[str, ...], line: int, end: str
) -> None:
    text = end.join(("storyboard: 1", *marks, ""))
    (one,) = read(text.encode(), "f.yaml").diagnostics
    assert (one.code, one.message.partition(":")[0]) == ("SB034", "an unfinished git merge")
    assert one.span is not None
    assert (one.span.line, one.span.column) == (line, 1)
    assert "conflict marker" in one.message


@pytest.mark.parametrize(
    "text",
    [
        "a: <<<<<<< b\n",
        "a: |\n  <<<<<<< HEAD\n  >>>>>>> x\n",
        "a,b\n=======,1\n",
        "name\n=======\n",
        "<<<<<<<< eight\n",
        "<<<<<<<x\n",
    ],
)
def test_what_only_looks_like_a_mark_is_none(text: str) -> None:
    assert unfinished_merge(Lines("f", as_text(text.encode()))) is None
