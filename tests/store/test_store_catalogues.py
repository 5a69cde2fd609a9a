"""What requests were made by is kept beside the journal, once, and read as it was."""

from dataclasses import replace
from pathlib import Path

import pytest

from storyboard.catalogue import load
from storyboard.catalogue.earlier import of_model
from storyboard.store import Store, StoreProblem, catalogues
from storyboard.store.layout import Layout

TURBO = of_model(load(), "kling-v3-turbo-pro")


@pytest.fixture
def layout(tmp_path: Path) -> Layout:
    with Store.open(tmp_path) as store:
        return store.layout


def test_a_catalogue_is_kept_once(layout: Layout) -> None:
    catalogues.keep(layout, TURBO)
    catalogues.keep(layout, TURBO)
    assert catalogues.kept(layout) == (TURBO,)
    assert len(list(layout.catalogues.iterdir())) == 1
    assert list(layout.aside.iterdir()) == []


def test_what_differs_is_kept_beside(layout: Layout) -> None:
    other = replace(TURBO, voices=())
    catalogues.keep(layout, TURBO)
    catalogues.keep(layout, other)
    found = catalogues.kept(layout)
    assert len(found) == 2
    assert TURBO in found
    assert other in found


def test_a_store_of_an_earlier_version_has_none(tmp_path: Path) -> None:
    assert catalogues.kept(Layout(tmp_path / "nowhere")) == ()


@pytest.mark.parametrize("damage", [b"", b"{", b"\xff"])
def test_a_damaged_one_is_a_problem_that_names_the_file(layout: Layout, damage: bytes) -> None:
    catalogues.keep(layout, TURBO)
    (path,) = layout.catalogues.iterdir()
    path.write_bytes(damage)
    with pytest.raises(StoreProblem, match=path.name) as problem:
        catalogues.kept(layout)
    assert "paid for again" in problem.value.help
