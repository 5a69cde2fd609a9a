"""What the program refuses is refused in editors, as far as a schema can tell; the rest is not."""

import re
from pathlib import Path

import pytest
from language_server import LanguageServer

from storyboard.source import read
from storyboard.source.codes import MERGE_KEY

ROOT = Path(__file__).resolve().parents[2]
KIND = re.compile(r"^(storyboard|scenario|project): 1$", re.MULTILINE)
FILES = sorted(
    path
    for folder in ("examples", "templates")
    for path in (ROOT / folder).glob("*/*.yaml")
    if KIND.search(path.read_text("utf-8"))
)
SHOT = "{id: a, duration: 4s, prompt: Waves., %s}"
BOARD = f"""\
storyboard: 1
scenes:
  - id: sea
    shots:
      - {SHOT}
"""
MERGED = {
    "storyboard": "<<: {title: Sea}\n" + BOARD % "takes: 1",
    "scene": (BOARD % "takes: 1").replace("- id: sea", "- <<: {title: Sea}\n    id: sea"),
    "shot": BOARD % "<<: {takes: 2}",
    "title": BOARD % "titles: [{text: Sea, <<: {at: 1s}}]",
    "line": BOARD % "say: [{<<: {mara: Hello.}}]",
    "focus": BOARD % "focus: {<<: {x: 0.5}, y: 0.5}",
    "elements": "elements: {<<: {mara: {about: A girl.}}}\n" + BOARD % "takes: 1",
    "element": "elements: {mara: {<<: {about: A girl.}, about: A girl.}}\n" + BOARD % "takes: 1",
    "matrix": "variations: {matrix: {<<: {locale: [en, de]}}}\n" + BOARD % "takes: 1",
    "music": "cut: {music: {<<: {volume: -18dB}, file: a.mp3}}\n" + BOARD % "takes: 1",
    "row": "variations: {rows: [{<<: {sku: a}}]}\n" + BOARD % "takes: 1",
}
UNDERSCORES = {
    "time": BOARD.replace("4s", "1_0"),
    "takes": BOARD % "takes: 1_0",
    "cfg_scale": BOARD % "cfg_scale: 1_0",
    "focus": BOARD % "focus: [0.2_5, 0.5]",
    "fps": "format: {fps: 2_4}\n" + BOARD % "takes: 1",
    "resolution": "format: {resolution: 1_080p}\n" + BOARD % "takes: 1",
    "volume": "cut: {music: {file: a.mp3, volume: -1_8}}\n" + BOARD % "takes: 1",
    "loudness": "cut: {loudness: -1_4}\n" + BOARD % "takes: 1",
    "money": "budget: {max: 1_000}\n" + BOARD % "takes: 1",
    "money in dollars": "budget: {each: $1_000}\n" + BOARD % "takes: 1",
}


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}-{path.name}")
def test_nothing_is_wrong_with_what_travels_with_the_program(
    server: LanguageServer, path: Path
) -> None:
    text = path.read_text("utf-8")
    (kind,) = KIND.findall(text)
    assert server.wrong(text.replace("# yaml-language-server:", "#"), kind) == []


@pytest.mark.parametrize("place", MERGED)
def test_a_merge_key_is_refused_in_every_mapping(server: LanguageServer, place: str) -> None:
    text = MERGED[place]
    assert [one.code for one in read(text.encode(), "a.yaml").diagnostics] == [MERGE_KEY]
    assert any("does not match the pattern" in one for one in server.wrong(text))


@pytest.mark.parametrize("place", UNDERSCORES)
def test_a_number_with_underscores_is_refused_where_a_number_is_wanted(
    server: LanguageServer, place: str
) -> None:
    text = UNDERSCORES[place].replace(", %s", "")
    assert server.wrong(text) != []
    assert server.wrong(re.sub(r"(?<=\d)_(?=\d)", "", text)) == []


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("project", "project: 1\n<<: {account: studio}\n"),
        ("scenario", "scenario: 1\naccount: {<<: {concurrency: 2}}\n"),
        ("scenario", "scenario: 1\nrules: [{on: submit, fault: drop, <<: {nth: 1}}]\n"),
        ("scenario", "scenario: 1\nseed: 1_000\n"),
        ("scenario", "scenario: 1\naccount: {concurrency: 1_0}\n"),
        ("scenario", "scenario: 1\nrules: [{on: submit, fault: busy, retry_after: 1_0}]\n"),
    ],
)
def test_the_other_files_refuse_them_too(server: LanguageServer, kind: str, text: str) -> None:
    assert server.wrong(text, kind) != []
