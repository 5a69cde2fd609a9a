from storyboard.media.text import Weight, font_stack
from storyboard.media.text.bidi import base_direction
from storyboard.media.text.runs import runs

BOLD = font_stack(Weight.BOLD)


def split(line: str) -> list[tuple[str, str, str, str]]:
    """Split a line: words, the font's script by its file, script, direction."""
    return [
        (one.text, one.font.path.stem.split("-")[0].removeprefix("Noto"), one.script, one.direction)
        for one in runs(line, BOLD, 40, base_direction(line))
    ]


def test_text_of_one_script_is_one_run() -> None:
    assert split("Opening week, 2 for 1!") == [("Opening week, 2 for 1!", "Sans", "Latn", "ltr")]
    assert split("12.50") == [("12.50", "Sans", "Zyyy", "ltr")]
    assert split("हिन्दी में") == [("हिन्दी में", "SansDevanagari", "Deva", "ltr")]
    assert split("") == []


def test_scripts_of_one_font_are_runs_of_their_own() -> None:
    assert split("Кофе café") == [
        ("Кофе ", "Sans", "Cyrl", "ltr"),
        ("café", "Sans", "Latn", "ltr"),
    ]


def test_runs_are_in_the_order_in_which_they_are_drawn() -> None:
    assert split("קפה 2 iPhone") == [
        ("iPhone", "Sans", "Latn", "ltr"),
        (" ", "Sans", "Zyyy", "rtl"),
        ("2", "Sans", "Zyyy", "ltr"),
        ("קפה ", "SansHebrew", "Hebr", "rtl"),
    ]


def test_parts_of_a_stretch_that_runs_to_the_left_are_drawn_from_its_end() -> None:
    assert [one[0] for one in split("קפה ☕ חם")] == ["חם", " ", "☕", "קפה "]


def test_languages_that_change_letters_are_told() -> None:
    assert {one.language for one in runs("一杯の", BOLD, 40, "ltr")} == {"ja"}
    assert {one.language for one in runs("첫 잔", BOLD, 40, "ltr")} == {"ko"}
    assert {one.language for one in runs("首杯", BOLD, 40, "ltr")} == {None}
