"""A Git LFS pointer or an unfinished merge as any file: one finding that says what to do."""

from pathlib import Path

import pytest
from PIL import Image

from storyboard import compile_storyboard
from storyboard.pipeline import Ask

POINTER = b"version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 12\n"
HEAD = "storyboard: 1\nmodel: kling-v3-turbo-pro\n"
SHOT = "scenes: [{id: s, shots: [{id: a, still: card.png, duration: 2s%s}]}]\n"
PLAIN = SHOT % ""
TITLE = SHOT % ", titles: [{text: Hi}]"


def compiled(folder: Path, text: str, files: dict[str, bytes]) -> list[tuple[str, str, str | None]]:
    Image.new("RGB", (640, 640)).save(folder / "card.png")
    (folder / "film.yaml").write_text(text, encoding="utf-8")
    for name, data in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)
    (folder / ".storyboard").mkdir(exist_ok=True)
    found = compile_storyboard(Ask(folder / "film.yaml")).diagnostics
    return [
        (one.code, one.message.replace(f"{folder}/", ""), one.help)
        for one in found
        if one.severity == "error"
    ]


@pytest.mark.parametrize(
    ("code", "name", "text"),
    [
        ("SB303", "x.png", HEAD + PLAIN.replace("card", "x")),
        ("SB303", "x.png", HEAD + "cut: {watermark: {image: x.png}}\n" + PLAIN),
        ("SB303", "x.mp4", HEAD + "scenes: [{id: s, shots: [{id: a, footage: x.mp4}]}]\n"),
        ("SB303", "x.mp3", HEAD + "cut: {music: {file: x.mp3}}\n" + PLAIN),
        ("SB303", "x.wav", HEAD + "cut: {voiceover: {file: x.wav}}\n" + PLAIN),
        ("SB303", "x.ttf", HEAD + "brand: {font: x.ttf}\n" + TITLE),
        ("SB303", "x.otf", HEAD + "brand: {styles: {wide: {font: x.otf}}}\n" + TITLE),
        ("SB630", "x.csv", HEAD + "variations: {rows: x.csv, name: '{{ sku }}'}\n" + PLAIN),
        ("SB630", "x.json", HEAD + "variations: {rows: x.json}\n" + PLAIN),
        ("SB630", "x.yaml", HEAD + "variations: {rows: x.yaml}\n" + PLAIN),
        ("SB650", "x.yaml", HEAD + "use: x.yaml\n" + PLAIN),
        ("SB650", "x.yaml", HEAD + "extends: x.yaml\n" + PLAIN),
        ("SB033", "film.yaml", ""),
    ],
)
def test_a_pointer_is_told_with_the_command(
    tmp_path: Path, code: str, name: str, text: str
) -> None:
    found = compiled(tmp_path, text, {name: POINTER})
    assert found == [(code, f"`{name}` is a Git LFS pointer", "run `git lfs pull`")]


@pytest.mark.parametrize("name", ["storyboard-project.yaml", "storyboard-prices.yaml"])
def test_a_pointer_in_the_project_s_own_files_is_told(tmp_path: Path, name: str) -> None:
    (one,) = compiled(tmp_path, HEAD + PLAIN, {name: POINTER})
    assert (one[0], one[2]) == ("SB033", "run `git lfs pull`")


MERGE = b"<<<<<<< HEAD\n%b\n=======\n%b\n>>>>>>> autumn\n"


@pytest.mark.parametrize(
    ("name", "data", "text"),
    [
        ("x.csv", b"sku\n" + MERGE % (b"a", b"b"), "variations: {rows: x.csv}\n"),
        ("x.tsv", b"sku\tp\n" + MERGE % (b"a\t1", b"b\t2"), "variations: {rows: x.tsv}\n"),
        (
            "x.json",
            b"[\n" + MERGE % (b'{"a": 1}', b'{"a": 2}') + b"]",
            "variations: {rows: x.json}\n",
        ),
        ("x.jsonl", MERGE % (b'{"a": 1}', b'{"a": 2}'), "variations: {rows: x.jsonl}\n"),
        ("x.yaml", MERGE % (b"- a: 1", b"- a: 2"), "variations: {rows: x.yaml}\n"),
        ("x.yaml", b"voices:\n" + MERGE % (b"  a: 1", b"  a: 2"), "use: x.yaml\n"),
        ("x.yaml", b"storyboard: 1\n" + MERGE % (b"a: 1", b"a: 2"), "extends: x.yaml\n"),
        ("storyboard-project.yaml", MERGE % (b"a: 1", b"a: 2"), ""),
    ],
)
def test_a_merge_is_one_finding_in_any_file(
    tmp_path: Path, name: str, data: bytes, text: str
) -> None:
    (one,) = compiled(tmp_path, HEAD + text + PLAIN, {name: data})
    assert (one[0], one[1].partition(":")[0]) == ("SB034", "an unfinished git merge")


def test_one_wrong_format_is_one_error_at_the_format(tmp_path: Path) -> None:
    shots = ", ".join(f"{{id: s{n}, prompt: A cup., duration: 3s}}" for n in range(6))
    text = HEAD + f"format: {{resolution: 1536x1024}}\nscenes: [{{id: s, shots: [{shots}]}}]\n"
    (tmp_path / "film.yaml").write_text(text, encoding="utf-8")
    (one,) = compile_storyboard(Ask(tmp_path / "film.yaml")).diagnostics
    assert one.span is not None
    assert (one.code, one.span.line) == ("SB441", 3)


def test_one_wrong_ratio_of_an_output_is_one_error_at_the_output(tmp_path: Path) -> None:
    shots = ", ".join(f"{{id: s{n}, prompt: A cup., duration: 3s}}" for n in range(6))
    out = "outputs: [{name: a}, {name: b, aspect_ratio: '3:2', fit: render}]\n"
    text = HEAD + out + f"scenes: [{{id: s, shots: [{shots}]}}]\n"
    (tmp_path / "film.yaml").write_text(text, encoding="utf-8")
    found = compile_storyboard(Ask(tmp_path / "film.yaml")).diagnostics
    (one,) = (one for one in found if one.severity == "error")
    assert one.span is not None
    assert (one.code, one.span.line, one.span.column) == ("SB441", 3, 23)


@pytest.mark.parametrize(
    ("when", "help_"),
    [
        ("no", "write `false`"),
        ("Off", "write `false`"),
        ("yes", "write `true`"),
        ('"{{ on }}"', "write `true`"),
        ("now", "declare it"),
    ],
)
def test_a_truth_value_of_yaml_1_1_is_explained(tmp_path: Path, when: str, help_: str) -> None:
    (one,) = compiled(tmp_path, HEAD + SHOT % f", when: {when}", {})
    assert (one[0], str(one[2]).startswith(help_)) == ("SB601", True)
