"""A lock names what films are made with, and what is here in another version is told."""

from importlib.metadata import PackageNotFoundError, version

import pytest

from storyboard.session import library_versions as module
from storyboard.session.library_versions import film_libraries, other_versions


def test_they_are_named_with_their_versions_in_order() -> None:
    found = film_libraries()
    assert dict(found)["av"] == version("av")
    assert dict(found)["storyboard"] == version("storyboard-compiler")
    assert list(found) == sorted(found)


def test_what_is_not_installed_as_a_package_is_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    def only_av(name: str) -> str:
        if name != "av":
            raise PackageNotFoundError(name)
        return "1.0"

    monkeypatch.setattr(module, "version", only_av)
    assert film_libraries() == (("av", "1.0"),)


def test_other_versions_are_told_and_new_libraries_are_not() -> None:
    locked = (("av", "18.0.0"), ("gone", "1"), ("numpy", "2.0"))
    here = (("av", "19.0.0"), ("numpy", "2.0"), ("pillow", "12"))
    assert other_versions(locked, here) == (
        "av 18.0.0, here 19.0.0",
        "gone 1, here not installed",
    )
