"""What each column costs: nothing in titles, and in requests the jobs that fall away without it."""

from decimal import Decimal

from expanding import expanded

from storyboard.model.money import Usd
from storyboard.source import Mapping, Scalar, Sequence
from storyboard.template import Variation
from storyboard.template.campaign.cost import (
    Charge,
    ColumnCost,
    column_costs,
    costs_json,
    expensive,
    lines_of,
)

STORY = """\
style: 35mm
scenes:
  - id: a
    shots:
      - {prompt: "{{ product }} turns", titles: [{text: "{{ offer }}"}]}
  - id: b
    shots:
      - {prompt: "{{ row.product }} stands", start: "{{ image }}"}
  - id: c
    shots:
      - {prompt: always the same, titles: [{text: "{{ line }}", when: locale == "de"}]}
  - id: d
    shots:
      - {prompt: someone speaks, say: [{mara: "{{ hello[locale] }}"}]}
variables:
  line: {default: "{{ offer }} in {{ locale }}"}
  hello: {default: {de: hallo, en: hello}}
variations:
  rows: t.csv
  matrix: {locale: [de, en]}
  name: "{{ sku }}-{{ locale }}"
"""
TABLE = "sku,product,image,offer\nA,cup,cup.png,2 for 1\nB,mug,mug.png,new\nC,tray,tray.png,new\n"
PRICE = Usd(Decimal("0.42"))


def charges(variations: tuple[Variation, ...]) -> list[list[Charge]]:
    """One job a scene; what is asked is its prompt, start frame and speech."""
    return [
        [
            Charge(f"slot {place}", repr(asked(scene)), PRICE)
            for place, scene in enumerate(scenes(one))
        ]
        for one in variations
    ]


def scenes(one: Variation) -> tuple[object, ...]:
    found = one.document.root.get("scenes")
    assert isinstance(found, Sequence)
    return found.items


def asked(node: object) -> object:
    match node:
        case Scalar():
            return node.value
        case Sequence():
            return [asked(item) for item in node.items]
        case Mapping():
            return {e.key.value: asked(e.value) for e in node.entries if e.key.value != "titles"}
        case _:
            raise AssertionError(node)


def costs(story: str = STORY, table: str = TABLE) -> dict[str, ColumnCost]:
    result = expanded(story, {"t.csv": table})
    assert result.value is not None, result.diagnostics
    return {one.name: one for one in column_costs(result.value, charges(result.value))}


def test_titles_cost_nothing_and_prompts_cost_their_jobs() -> None:
    found = costs()
    assert (found["offer"].jobs, found["offer"].usd) == (0, 0)
    assert found["offer"].stands == "2 titles"
    assert (found["sku"].jobs, found["sku"].stands) == (0, "1 name of the variation")
    # 3 jobs in each of two scenes, where there would be one in each
    assert (found["product"].jobs, found["product"].usd) == (4, Decimal("1.68"))
    assert found["product"].stands == "2 prompts"
    assert found["product"].together == ("image",)
    assert found["image"].stands == "1 start frame"
    assert (found["locale"].jobs, found["locale"].usd) == (1, Decimal("0.42"))
    assert list(found)[:2] == ["product", "image"]


def test_a_column_that_changes_alone_costs_what_it_alone_causes() -> None:
    table = "sku,product,image,offer\nA,cup,x.png,1\nB,mug,x.png,2\nC,cup,y.png,3\nD,mug,y.png,4\n"
    found = costs(table=table)
    assert found["product"].together == ()
    assert (found["product"].jobs, found["image"].jobs) == (3, 2)


def test_a_column_with_one_value_costs_nothing() -> None:
    table = "sku,product,image,offer\nA,cup,x.png,1\nB,cup,x.png,2\n"
    assert "product" not in {name for name, one in costs(table=table).items() if one.jobs}


def test_the_note_names_the_place_and_what_to_do() -> None:
    notes = expensive(costs().values())
    assert [(one.code, one.severity) for one in notes] == [("SB670", "note")] * 2
    assert notes[0].message == (
        "`product` (which changes with `image`) stands in 2 prompts: 4 more jobs, 1.68 USD"
    )
    assert notes[0].span is not None
    assert notes[0].span.line == 5
    assert notes[1].message == (
        "`locale` stands in 2 titles and 1 line of speech: 1 more job, 0.42 USD"
    )


def test_costs_are_written_for_people_and_for_programs() -> None:
    found = costs().values()
    assert "`offer` stands in 2 titles: no more jobs, 0.00 USD" in lines_of(found)
    assert costs_json(found)[0] == {
        "name": "product",
        "stands": "2 prompts",
        "jobs": 4,
        "cost": {"usd": "1.68"},
        "together": ["image"],
    }


def test_without_variations_there_is_nothing_to_tell() -> None:
    result = expanded("title: a\n")
    assert result.value is not None
    assert column_costs(result.value, [[]]) == ()


def test_a_column_that_only_decides_costs_nothing_where_another_is_rendered() -> None:
    story = """\
scenes:
  - id: a
    shots:
      - {prompt: "{{ product }} turns"}
  - id: b
    when: old > price
    shots: [{still: "{{ image }}", titles: [{text: sale}]}]
variables: {price: {type: number}, old: {type: number, default: 0}}
variations: {rows: t.csv, name: "{{ product }}"}
"""
    table = "product,price,old,image\ncup,1,2,a.png\nmug,2,,b.png\ntray,3,9,c.png\n"
    result = expanded(story, {"t.csv": table})
    assert result.value is not None
    asked_for = [[Charge("a", repr(asked(scenes(one)[0])), PRICE)] for one in result.value]
    found = {one.name: one.jobs for one in column_costs(result.value, asked_for)}
    assert found == {"product": 2, "price": 0, "old": 0, "image": 0}
