"""Films are named apart, and so that a disk takes their names, before anything is paid."""

from dataclasses import replace

from boards import board, scene, shot

from storyboard.model.storyboard import Output, Storyboard
from storyboard.plan import Wanted, film_name, wrong_film_names


def film(*names: str, name: str = "film") -> Storyboard:
    it = board(scene(shot("s/a", 5, "Rain.")))
    one = it.outputs[0]
    outputs = tuple(replace(one, name=each) for each in names)
    return replace(it, outputs=outputs, name=name)


def wanted(variation: str | None, it: Storyboard) -> Wanted:
    return Wanted(variation, it, tuple(one.name for one in it.outputs), ())


def found(*films: Wanted) -> list[str]:
    return [one.code for one in wrong_film_names(films)]


def test_a_film_is_named_after_its_variation_and_further_outputs() -> None:
    it = film("wide", "tall")
    wide, tall = it.outputs
    named: list[tuple[str | None, Output]] = [(None, wide), (None, tall), ("x", wide), ("x", tall)]
    assert [film_name(one, it, output) for one, output in named] == [
        "film",
        "film.tall",
        "x",
        "x.tall",
    ]


def test_films_that_would_be_one_file_are_found() -> None:
    it = film("wide", "tall")
    assert found(wanted("a", it), wanted("b", it)) == []
    assert found(wanted("a", it), wanted("a.tall", it)) == ["SB626"]
    assert found(wanted("a", it), wanted("A.TALL", film("wide"))) == ["SB626"]


def test_what_is_told_where_it_is_named_is_not_told_again() -> None:
    assert found(wanted("か\u3099", film("wide")), wanted("が", film("wide"))) == []
    assert found(wanted("a", film("wide", "Tall", "tall"))) == []


def test_an_output_that_is_rendered_by_itself_is_no_second_film() -> None:
    it = film("wide", "tall")
    halves = [Wanted("a", it, (one.name,), ()) for one in it.outputs]
    assert found(*halves) == []


def test_a_name_that_no_disk_takes_is_found() -> None:
    assert found(wanted(None, film("wide", "x" * 230))) == ["SB627"]
    assert found(wanted(None, film("wide", name="語" * 80))) == ["SB627"]
    assert found(wanted(None, film("wide", "x" * 100, name="語" * 30))) == []
