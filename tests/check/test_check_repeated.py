"""Shots that `each` repeats need names of their own."""

from checking import check_document, document

from storyboard.template.expand.expand import expand

BOARD = """
storyboard: 1
variables: {cards: {type: list, default: [one, two, three]}}
scenes:
  - id: cards
    shots:
      - id: NAME
        each: {name: card, in: "{{ cards }}"}
        still: "{{ card }}.png"
        duration: 2s
"""


def codes(name: str) -> list[tuple[str, str | None]]:
    expanded = expand(document(BOARD.replace("NAME", name)), lambda path: path.encode())
    assert expanded.value is not None
    (only,) = expanded.value
    return [(one.code, one.help) for one in check_document(only.document).diagnostics]


def test_a_name_of_their_own_is_right() -> None:
    assert codes('"card-{{ card }}"') == []
    assert codes("card") == []  # numbered by the template room


def test_names_that_come_out_equal_are_told_with_how_to_make_them_differ() -> None:
    found = codes("\"card-{{ 'one' if card != 'two' else card }}\"")
    assert [code for code, _ in found] == ["SB208"]
    assert "card-one-{{ item }}" in (found[0][1] or "")
