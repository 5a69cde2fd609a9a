"""What requests were made by is kept beside the journal, once, and read as it was."""

from dataclasses import replace
from pathlib import Path

import pytest

from storyboard.catalogue import load
from storyboard.catalogue.earlier_editions import of_model
from storyboard.store import Store, StoreProblem, clean
from storyboard.store.catalogues import keep_catalogue, kept_catalogues
from storyboard.store.layout import Layout

TURBO = of_model(load(), "kling-v3-turbo-pro")


@pytest.fixture
def layout(tmp_path: Path) -> Layout:
    with Store.open(tmp_path) as store:
        return store.layout


def test_a_catalogue_is_kept_once(layout: Layout) -> None:
    keep_catalogue(layout, TURBO)
    keep_catalogue(layout, TURBO)
    assert kept_catalogues(layout) == (TURBO,)
    assert len(list(layout.catalogues.iterdir())) == 1
    assert list(layout.aside.iterdir()) == []


def test_what_differs_is_kept_beside(layout: Layout) -> None:
    other = replace(TURBO, voices=())
    keep_catalogue(layout, TURBO)
    keep_catalogue(layout, other)
    found = kept_catalogues(layout)
    assert len(found) == 2
    assert TURBO in found
    assert other in found


def test_a_store_of_an_earlier_version_has_none(tmp_path: Path) -> None:
    assert kept_catalogues(Layout(tmp_path / "nowhere")) == ()


@pytest.mark.parametrize("damage", [b"", b"{", b"\xff"])
def test_a_damaged_one_is_a_problem_that_names_the_file(layout: Layout, damage: bytes) -> None:
    keep_catalogue(layout, TURBO)
    (path,) = layout.catalogues.iterdir()
    path.write_bytes(damage)
    with pytest.raises(StoreProblem, match=path.name) as problem:
        kept_catalogues(layout)
    assert "paid for again" in problem.value.help


def test_what_a_killed_run_left_of_one_is_cleaned(tmp_path: Path) -> None:
    with Store.open(tmp_path) as store:
        left = store.layout.aside / f"{'a' * 64}.json.12-34.part"
        left.write_bytes(b"{")
        theirs = store.layout.aside / "notes.json"
        theirs.write_bytes(b"{}")
        clean(store)
        assert not left.exists()
        assert theirs.exists()
