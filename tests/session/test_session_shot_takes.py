"""What a take of a shot says of itself."""

from dataclasses import replace
from pathlib import Path

from kept_project import KeptProject

from storyboard.model import AspectRatio


def test_a_take_whose_place_nobody_knows_is_in_no_lock(tmp_path: Path) -> None:
    project = KeptProject(tmp_path)
    project.keep(project.write())
    (take,) = project.takes()["one/b"].takes
    assert take.locked is not None
    assert replace(take, at=None).locked is None
    nameless = replace(take, request=None).locked
    assert nameless is not None
    assert not nameless.request


def test_a_shot_is_named_with_its_ratio(tmp_path: Path) -> None:
    project = KeptProject(tmp_path)
    project.write()
    shot = project.takes()["one/b"]
    assert replace(shot, ratio=AspectRatio(9, 16)).title == "one/b@9:16"
    assert shot.of_films({None})
    assert not shot.of_films({"grey"})
