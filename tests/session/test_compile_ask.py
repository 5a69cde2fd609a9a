"""What cannot be compiled is a mistake at a place, or a file that cannot be read, or a bug."""

from pathlib import Path

import pytest

from storyboard.pipeline import Ask
from storyboard.session import compile_ask
from storyboard.session.compile_ask import compiled
from storyboard.session.errors import SetupError


@pytest.mark.parametrize("size", ["72", "-1", '"72"', "1e30", '"300%"'])
def test_a_titles_size_that_is_no_part_is_only_a_mistake(tmp_path: Path, size: str) -> None:
    file = tmp_path / "storyboard.yaml"
    file.write_text(
        "storyboard: 1\nmodel: kling-v3-turbo-pro\n"
        f"brand: {{styles: {{big: {{size: {size}}}}}}}\n"
        "scenes: [{id: a, shots: [{id: b, duration: 5s, prompt: Rain., "
        "titles: [{text: Rain, style: big}]}]}]\n"
    )
    result = compiled(Ask(file))
    assert [one.span.line for one in result.diagnostics if one.span] == [3]


def test_an_error_of_a_library_is_not_one_of_a_file(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def fails(*_given: object, **_named: object) -> None:
        raise OSError("raster overflow")

    monkeypatch.setattr(compile_ask, "compile_storyboard", fails)
    with pytest.raises(OSError, match="raster overflow"):
        compiled(Ask(tmp_path / "storyboard.yaml"))


def test_a_storyboard_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    with pytest.raises(SetupError, match=r"cannot read .*storyboard\.yaml: No such file"):
        compiled(Ask(tmp_path / "storyboard.yaml"))
