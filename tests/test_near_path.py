"""A path that leads nowhere finds the file that was meant: other letters, or another folder."""

from pathlib import Path

import pytest

from storyboard.near_path import near_path


@pytest.mark.parametrize(
    ("written", "there"),
    [
        ("Assets/a.png", "assets/a.png"),
        ("assets/A.PNG", "assets/a.png"),
        ("ASSETS/SUB/B.PNG", "assets/sub/b.png"),
        ("asets/sub/b.png", "assets/sub/b.png"),
        ("assets\\sub\\b.png", "assets/sub/b.png"),
        ("a.png", "assets/a.png"),  # written from the folder of assets
        ("sub/b.png", "assets/sub/b.png"),
        ("shared/assets/a.png", "assets/a.png"),  # written from the project
        ("shared/Assets/a.png", "assets/a.png"),
        ("assets/cafe\u0301.png", "assets/caf\u00e9.png"),
        ("assets/quite-another.png", None),
        ("nowhere/x.png", None),
        ("assets/sub", None),  # a folder
    ],
)
def test_the_nearest_file_is_found(tmp_path: Path, written: str, there: str | None) -> None:
    for name in ("assets/a.png", "assets/sub/b.png", "assets/caf\u00e9.png", "shared/cast.yaml"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(b"x")
    found = near_path(tmp_path / written, tmp_path)
    assert found == (tmp_path / there if there else None)


def test_nothing_outside_of_the_project_is_looked_for(tmp_path: Path) -> None:
    (tmp_path / "a.png").write_bytes(b"x")
    (tmp_path / "film").mkdir()
    assert near_path(tmp_path / "film" / "assets" / "a.png", tmp_path / "film") is None
