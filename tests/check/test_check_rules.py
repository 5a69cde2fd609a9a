"""Rules are found by their files, declare what they look at, and can look at nothing else."""

import ast
import re
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from checking import CATALOGUE, assets, checked, document

import storyboard
import storyboard.check.rules
from storyboard.check import SILENT, TITLES_TOGETHER
from storyboard.check.codes import FAST_SPEECH, IMPOSSIBLE_SPEECH
from storyboard.check.memory import Memory
from storyboard.check.outline import ScopeError, outline
from storyboard.check.parts import around_scenes, bare, frame_of, with_bare, with_scene, with_shot
from storyboard.check.rule import FRAME, PART, SCENE, SHOT, rule
from storyboard.check.rules import RULES, columns
from storyboard.check.subject import FrameSubject, PartSubject, SceneSubject, ShotSubject, Subject
from storyboard.cli.campaign import checks
from storyboard.diagnostics import Code, Column, Diagnostic, codes

ROOM = Path(storyboard.check.rules.__file__).parent
FILES = sorted(path for path in ROOM.glob("*.py") if path.stem != "__init__")
FOR_OTHERS = {FAST_SPEECH, IMPOSSIBLE_SPEECH, SILENT, TITLES_TOGETHER}
BOARDS = sorted(Path(__file__).parent.joinpath("wrong").glob("*.yaml"))


def constants(path: Path) -> list[str]:
    """Return the codes that a module defines, as often as it does."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    texts = (one.value for one in ast.walk(tree) if isinstance(one, ast.Constant))
    return [one for one in texts if isinstance(one, str) and re.fullmatch(r"SB\d{3}", one)]


def test_every_file_is_a_rule_in_the_order_of_the_alphabet() -> None:
    assert [one.name for one in RULES] == [path.stem for path in FILES]


@pytest.mark.parametrize("one", RULES, ids=lambda one: one.name)
def test_a_rule_declares_the_codes_of_its_file_and_says_what_it_finds(one: object) -> None:
    (found,) = (rule for rule in RULES if rule is one)
    own = constants(ROOM / f"{found.name}.py")
    assert sorted(one for one in found.codes if one not in FOR_OTHERS) == sorted(own)
    assert (found.find.__doc__ or "").startswith(("Find ", "Tell "))


def test_a_rule_reports_what_it_declares_and_nothing_else(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    seen: dict[str, set[Code]] = {one.name: set() for one in RULES}
    found = type(RULES[0]).found

    def noted(self: object, subject: Subject) -> tuple[Diagnostic, ...]:
        (one,) = (rule for rule in RULES if rule is self)
        result = found(one, subject)
        seen[one.name] |= {each.code for each in result}
        return result

    monkeypatch.setattr(type(RULES[0]), "found", noted)
    for path in BOARDS:
        checked(path.read_text(encoding="utf-8"))
    for one in RULES:
        assert seen[one.name] <= {*one.codes, *one.borrows}, one.name
    assert sum(map(bool, seen.values())) > len(RULES) * 3 // 4


def test_each_code_is_defined_once_in_the_whole_program() -> None:
    package = Path(storyboard.__file__).parent
    counts = Counter(code for path in package.rglob("*.py") for code in constants(path))
    assert {code: count for code, count in counts.items() if count > 1} == {}
    assert set(counts) == set(codes())


def test_the_columns_of_a_campaign_have_each_code_once() -> None:
    every = checks()
    hidden = (Column.OTHER, Column.STORYBOARD)
    assert [*every] == [one.value for one in Column if one not in hidden]
    of_rules = Counter(code for some in columns().values() for code in some)
    shared = Counter(code for some in every.values() for code in some)
    assert max(of_rules.values()) == max(shared.values()) == 1
    assert "SB662" in every["captions"]
    assert {"SB435", "SB491", "SB494"} <= every["models"]
    assert {"SB517", "SB757"} <= every["titles"]
    assert {"SB301", "SB312"} <= every["files"]
    assert {"SB501", "SB502", "SB503", "SB504", "SB506", "SB515", "SB516"} <= every["time"]
    assert {"SB508", "SB510", "SB511", "SB518"} == every["speech"] - {"SB509"}
    assert {"SB640"} == every["cells"]


TWO = """
storyboard: 1
title: Two
model: kling-v3-pro
cut: {transition: crossfade 1s}
scenes:
  - id: one
    shots:
      - {id: a, duration: 3s, prompt: A street.}
      - {id: b, duration: 3s, prompt: A door.}
"""


def film() -> Subject:
    made, memory = document(TWO), Memory()
    return Subject(made, outline(made, memory), assets(made, ""), CATALOGUE, memory)


def a_shot() -> ShotSubject:
    whole, around = film(), around_scenes(film())
    scene = whole.outline.scenes[0]
    return with_shot(around, bare(around, scene), scene.shots[0])


Read = Callable[[Subject], object]
BEYOND: list[tuple[Read, str]] = [
    (lambda subject: subject.outline.scenes, "other scenes and shots"),
    (lambda subject: list(subject.outline.shots), "other scenes and shots"),
    (lambda subject: subject.outline.root.get("scenes"), "`scenes` of the storyboard"),
    (lambda subject: subject.outline.root.get("title"), "`title` of the storyboard"),
]
OF_THE_CUT: list[tuple[Read, str]] = [
    (lambda subject: subject.outline.root.get("cut"), "`cut` of the storyboard")
]


@pytest.mark.parametrize(("read", "what"), [*BEYOND, *OF_THE_CUT])
def test_a_rule_for_a_shot_that_reads_anything_else_fails_and_is_named(
    read: Read, what: str
) -> None:
    @rule(SHOT, Column.OTHER)
    def nosy(subject: ShotSubject) -> Iterator[Diagnostic]:
        read(subject)
        yield from ()

    message = f"the rule `nosy` looks at a shot and cannot read {what}: declare another scope"
    with pytest.raises(ScopeError, match=re.escape(message)):
        nosy.found(a_shot())


@pytest.mark.parametrize("key", ["shots", None])
def test_a_rule_for_a_shot_cannot_read_its_neighbours(key: str | None) -> None:
    @rule(SHOT, Column.OTHER)
    def nosy(subject: ShotSubject) -> Iterator[Diagnostic]:
        assert subject.scene.shots if key is None else subject.scene.get(key)
        yield from ()

    with pytest.raises(ScopeError, match="the rule `nosy` looks at a shot and cannot read"):
        nosy.found(a_shot())


@pytest.mark.parametrize(("read", "what"), BEYOND)
def test_a_rule_for_the_frame_cannot_read_scenes(read: Read, what: str) -> None:
    @rule(FRAME, Column.OTHER)
    def nosy(subject: FrameSubject) -> Iterator[Diagnostic]:
        assert subject.outline.root.get("cut") is not None
        read(subject)
        yield from ()

    message = f"the rule `nosy` looks at the storyboard without its scenes and cannot read {what}"
    with pytest.raises(ScopeError, match=re.escape(message)):
        nosy.found(frame_of(film()))


@pytest.mark.parametrize(("read", "what"), [*BEYOND, *OF_THE_CUT])
def test_a_rule_for_a_scene_has_its_shots_and_no_other_scene(read: Read, what: str) -> None:
    @rule(SCENE, Column.OTHER)
    def nosy(subject: SceneSubject) -> Iterator[Diagnostic]:
        assert [one.id for one in subject.scene.shots] == ["a", "b"]
        read(subject)
        yield from ()

    with pytest.raises(ScopeError, match=re.escape(f"cannot read {what}")):
        nosy.found(with_scene(around_scenes(film()), film().outline.scenes[0]))


def test_a_rule_for_every_part_gets_each_part_by_itself() -> None:
    @rule(PART, Column.OTHER)
    def nosy(subject: PartSubject) -> Iterator[Diagnostic]:
        assert subject.node.get("shots")
        yield from ()

    around = around_scenes(film())
    with pytest.raises(ScopeError, match="cannot read `shots` of the scene"):
        nosy.found(with_bare(around, bare(around, film().outline.scenes[0])))
