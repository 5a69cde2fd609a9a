"""Write storyboards that grow in one direction until a program with a square in it stands still.

Each is made for a size, so that a benchmark can show how its cost grows and a test can count work.
None has random parts. `storyboard.yaml` is always among the files.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import TypeAlias

Files: TypeAlias = Mapping[str, bytes]
"""The files of a project by their paths."""

HEAD = "storyboard: 1\ntitle: Hostile\nmodel: kling-v3-turbo-pro\n"
SHOT = "{id: b, duration: 3s, prompt: A cup of coffee}"
SCENES = f"scenes:\n  - id: a\n    shots:\n      - {SHOT}\n"


@dataclass(frozen=True, slots=True)
class Hostile:
    """A way to write a hostile storyboard; `size` is the number of things in the whole one."""

    name: str
    size: int
    write: Callable[[int], Files]


def board(*parts: str, **tables: str | bytes) -> Files:
    """Make the files of a storyboard; a table `rows` is the file `rows.csv`."""
    files = {"storyboard.yaml": (HEAD + "".join(parts)).encode()}
    for name, table in tables.items():
        files[f"{name}.csv"] = table if isinstance(table, bytes) else table.encode()
    return files


def shots(lines: Iterable[str]) -> str:
    """Write one scene with shots in braces."""
    return "scenes:\n  - id: a\n    shots:\n" + "".join(f"      - {{{one}}}\n" for one in lines)


def keys(count: int, indent: int = 2, value: str = "x", name: str = "k") -> str:
    """Write keys that differ in their numbers, a line each."""
    return "".join(f"{' ' * indent}{name}{n}: {value}\n" for n in range(count))


def varied(rows: str, shot: str = SHOT) -> Files:
    """Make a storyboard with a table."""
    return board("variations: {rows: rows.csv}\n", SCENES.replace(SHOT, shot), rows=rows)


EMPTY = board(SCENES)
"""The storyboard that every other one is measured against."""


def _titled(text: str) -> Files:
    shot = f"id: b, duration: 3s, prompt: A cup, titles: [{{text: {text}, at: 0s, for: 1s}}]"
    return board(shots([shot]))


def _prompted(text: str) -> Files:
    return board(shots([f"id: b, duration: 3s, prompt: '{text}'"]))


def _shot_keys(lines: str) -> Files:
    start = "scenes:\n  - id: a\n    shots:\n      - id: b\n        duration: 3s\n"
    return board(start, "        prompt: A cup\n", lines)


def _nested_each(count: int) -> Files:
    side = max(1, round(count**0.5))
    each = f"each: {{name: NAME, in: '{{{{ range({side}) }}}}'}}"
    scene = f"  - id: s{{{{ i }}}}\n    {each.replace('NAME', 'i')}\n    shots:\n"
    shot = f"      - id: t{{{{ j }}}}\n        {each.replace('NAME', 'j')}\n"
    return board(
        "scenes:\n",
        scene.replace("s{{ i }}", '"s{{ i }}"'),
        shot.replace("t{{ j }}", '"t{{ j }}"'),
        "        duration: 3s\n        prompt: A cup\n",
    )


def _aliased_shots(count: int) -> Files:
    side = max(1, round(count**0.5))
    first = f"  - &s\n    shots: [&t {{duration: 3s, prompt: A cup}}{', *t' * (side - 1)}]\n"
    return board("scenes:\n", first, "  - *s\n" * (side - 1))


def _cast(count: int) -> str:
    return "elements:\n" + keys(count, 2, "{description: a cup}", "element-number-")


def _diamond(count: int) -> Files:
    files = dict(board("use: [u0.yaml]\n", SCENES))
    for n in range(count):
        below = f"use: [u{n + 1}.yaml, u{n + 1}.yaml]\n" if n + 1 < count else ""
        files[f"u{n}.yaml"] = f"{below}elements: {{e{n}: {{description: a cup}}}}\n".encode()
    return files


def _chain(count: int) -> Files:
    files = dict(board("extends: x0.yaml\n"))
    for n in range(count):
        above = f"extends: x{n + 1}.yaml\n" if n + 1 < count else SCENES
        files[f"x{n}.yaml"] = (HEAD + above).encode()
    return files


def _used(count: int) -> Files:
    listed = ", ".join(f"u{n}.yaml" for n in range(count))
    files = dict(board(f"use: [{listed}]\n", SCENES))
    for n in range(count):
        files[f"u{n}.yaml"] = f"elements: {{e{n}: {{description: a cup}}}}\n".encode()
    return files


def _outputs(count: int, extra: str = "") -> str:
    lines = (
        f"  - {{name: o{n}, aspect_ratio: '{n + 10}:{n + 11}'{extra}}}\n" for n in range(count)
    )
    return "outputs:\n" + "".join(lines)


def _row_columns(count: int) -> str:
    return ",".join(f"c{n}" for n in range(count))


def _uses_of_columns(count: int, name: str) -> Files:
    table = f"{_row_columns(count)}\n{_row_columns(count)}\n"
    lines = (
        f"id: b{n}, duration: 3s, prompt: '{{{{ {name}{n} }}}}', when: '{{{{ c{n} }}}}'"
        for n in range(count)
    )
    return board("variations: {rows: rows.csv}\n", shots(lines), rows=table)


ISSUED = (
    Hostile("one long word in a title", 4_000, lambda n: _titled("W" * n)),
    Hostile(
        "a run without blanks in a Latin-1 table",
        40_000,
        lambda n: board(
            "variations: {rows: rows.csv}\n", SCENES, rows=b"a,b\n" + b"x" * n + b",y\nz,caf\xe9\n"
        ),
    ),
    Hostile("unknown keys", 1_000, lambda n: _shot_keys(keys(n, 8, name="unknown-key-number-"))),
    Hostile(
        "equal headers",
        1_000,
        lambda n: varied(",".join(["a"] * n) + "\n" + ",".join(["x"] * n) + "\n"),
    ),
    Hostile("nested `each`", 90_000, _nested_each),
    Hostile("one key repeated", 50_000, lambda n: _shot_keys("        note: x\n" * n)),
    Hostile(
        "an open quote before many lines",
        200_000,
        lambda n: board(
            'description: "never closed\n', SCENES, "# a line that says one thing or another\n" * n
        ),
    ),
)
"""What was reported, in the size in which it was reported."""

SIBLINGS = (
    # Text without an end.
    Hostile(
        "an open single quote before many keys",
        100_000,
        lambda n: board("description: 'never closed\n", SCENES, keys(n, 0)),
    ),
    Hostile(
        "an open bracket before many lines",
        100_000,
        lambda n: board("elements: [\n", SCENES, keys(n, 0)),
    ),
    Hostile(
        "an open quote in a table",
        100_000,
        lambda n: varied('a,b\nx,"never closed\n' + "x,y\n" * n),
    ),
    Hostile("quotes in a table", 100_000, lambda n: varied('a,b\nx,"' + '""' * n + '"\n')),
    Hostile("one long line in a comment", 1_000_000, lambda n: board(SCENES, "# " + "x" * n)),
    Hostile("a long prompt", 100_000, lambda n: _prompted("cup " * (n // 4))),
    Hostile("a prompt of one word", 100_000, lambda n: _prompted("c" * n)),
    Hostile("a prompt of at-signs", 50_000, lambda n: _prompted("@" * n)),
    Hostile(
        "a prompt of unknown elements",
        2_000,
        lambda n: _prompted(" ".join(f"@unknown-{k}" for k in range(n))),
    ),
    Hostile("a long title of words", 20_000, lambda n: _titled("'" + "cup " * (n // 4) + "'")),
    Hostile("a title of many lines", 1_000, lambda n: _titled('"' + r"cup\n" * n + '"')),
    Hostile("a title of hyphens", 4_000, lambda n: _titled("'" + "a-" * (n // 2) + "'")),
    Hostile("a title without any letter", 4_000, lambda n: _titled('"' + "\\u0301" * n + '"')),
    Hostile(
        "a long id",
        100_000,
        lambda n: board(shots([f"id: {'b' * n}, duration: 3s, prompt: A cup"])),
    ),
    Hostile(
        "a long unknown key", 100_000, lambda n: _shot_keys(f"        ? {'k' * n}\n        : x\n")
    ),
    Hostile("a long number", 100_000, lambda n: _shot_keys(f"        cfg_scale: {'1' * n}\n")),
    Hostile(
        "long unknown keys",
        500,
        lambda n: _shot_keys("".join(f"        {'k' * 100}{k}: x\n" for k in range(n))),
    ),
    # Many mistakes.
    Hostile(
        "unknown keys on one line",
        20_000,
        lambda n: board(shots([", ".join(f"k{k}: x" for k in range(n))])),
    ),
    Hostile(
        "unknown keys of many shots",
        2_000,
        lambda n: board(shots(f"id: b{k}, duration: 3s, promt: A cup" for k in range(n))),
    ),
    Hostile("unknown keys at the root", 5_000, lambda n: board(SCENES, keys(n, 0))),
    Hostile("control characters", 100_000, lambda n: board(SCENES, "# " + "\x01" * n)),
    Hostile(
        "wrong values in a mapping",
        2_000,
        lambda n: board(SCENES, "elements:\n", keys(n, 2, "{description: 5}")),
    ),
    Hostile(
        "wrong names in a mapping",
        2_000,
        lambda n: board(SCENES, "elements:\n", keys(n, 2, "{description: x}", "a b")),
    ),
    Hostile("slips that break YAML", 5_000, lambda n: board(SCENES, "a: b: c\n" * n)),
    Hostile("texts that begin with an at-sign", 5_000, lambda n: board(SCENES, "a: @b\n" * n)),
    Hostile("tags", 5_000, lambda n: board(SCENES, keys(n, 0, "!tag x"))),
    Hostile("wrong escapes", 5_000, lambda n: board(SCENES, keys(n, 0, '"\\q"'))),
    Hostile("unknown aliases", 5_000, lambda n: board(SCENES, keys(n, 0, "*nobody"))),
    Hostile(
        "anchors and unknown aliases",
        1_000,
        lambda n: board(
            SCENES,
            "".join(f"k{k}: &anchor-{k} x\n" for k in range(n)),
            "".join(f"j{k}: *unknown-{k}\n" for k in range(n)),
        ),
    ),
    Hostile("equal anchors", 20_000, lambda n: board(SCENES, keys(n, 0, "&x y"))),
    Hostile("merge keys", 5_000, lambda n: _shot_keys("        <<: x\n" * n)),
    Hostile("lists as keys", 5_000, lambda n: board(SCENES, "? [a, b]\n: x\n" * n)),
    Hostile("expressions without quotes", 5_000, lambda n: board(SCENES, keys(n, 0, "{{ x }}"))),
    # Depth.
    Hostile("open brackets", 100_000, lambda n: board(SCENES, "x: ", "[" * n)),
    Hostile("open braces", 100_000, lambda n: board(SCENES, "x: ", "{" * n)),
    Hostile("nested dashes", 20_000, lambda n: board(SCENES, "x:\n  ", "- " * n)),
    Hostile(
        "nested keys", 1_000, lambda n: board(SCENES, "".join(f"{' ' * k}k:\n" for k in range(n)))
    ),
    Hostile(
        "aliases of aliases",
        40,
        lambda n: board(
            SCENES,
            "x0: &x0 [y]\n",
            "".join(f"x{k}: &x{k} [*x{k - 1}, *x{k - 1}]\n" for k in range(1, n)),
        ),
    ),
    Hostile("shots by alias", 90_000, _aliased_shots),
    # Many of one thing.
    Hostile(
        "shots of one scene",
        2_000,
        lambda n: board(shots(f"id: b{k}, duration: 3s, prompt: A cup" for k in range(n))),
    ),
    Hostile(
        "shots of one id",
        2_000,
        lambda n: board(shots("id: b, duration: 3s, prompt: A cup" for _ in range(n))),
    ),
    Hostile(
        "scenes",
        1_000,
        lambda n: board(
            "scenes:\n", "".join(f"  - {{id: s{k}, shots: [{SHOT}]}}\n" for k in range(n))
        ),
    ),
    Hostile(
        "scenes of one id",
        1_000,
        lambda n: board("scenes:\n", f"  - {{id: s, shots: [{SHOT}]}}\n" * n),
    ),
    Hostile(
        "stills with transitions",
        1_000,
        lambda n: board(
            shots(
                f"id: b{k}, duration: 3s, still: '#102030', transition: crossfade 1s"
                for k in range(n)
            )
        ),
    ),
    Hostile(
        "titles of one shot",
        500,
        lambda n: board(
            shots(
                [
                    "id: b, duration: 3s, prompt: A cup, titles: ["
                    + ", ".join(f"{{text: t{k}, at: 0s, for: 1s}}" for k in range(n))
                    + "]"
                ]
            )
        ),
    ),
    Hostile(
        "lines of speech",
        1_000,
        lambda n: board(
            "voices: {mara: {model: x}}\n",
            shots(
                [
                    "id: b, duration: 3s, prompt: A cup, say: ["
                    + ", ".join(["mara: hello"] * n)
                    + "]"
                ]
            ),
        ),
    ),
    Hostile(
        "captions",
        1_000,
        lambda n: board(
            shots(
                f"id: b{k}, duration: 3s, prompt: A cup, caption: '{'word ' * 40}'"
                for k in range(n)
            )
        ),
    ),
    Hostile("outputs", 500, lambda n: board(_outputs(n), SCENES)),
    Hostile(
        "outputs that are rendered", 100, lambda n: board(_outputs(n, ", fit: render"), SCENES)
    ),
    Hostile(
        "outputs of one name",
        500,
        lambda n: board("outputs:\n", "  - {name: o, aspect_ratio: '16:9'}\n" * n, SCENES),
    ),
    Hostile(
        "outputs and titles",
        100,
        lambda n: board(
            _outputs(n),
            shots(
                [
                    "id: b, duration: 3s, prompt: A cup, titles: ["
                    + ", ".join(f"{{text: t{k}, at: 0s, for: 1s}}" for k in range(n))
                    + "]"
                ]
            ),
        ),
    ),
    Hostile("elements", 2_000, lambda n: board(_cast(n), SCENES)),
    Hostile(
        "unknown elements among many",
        1_000,
        lambda n: board(
            _cast(n),
            shots(
                f"id: b{k}, duration: 3s, prompt: 'A cup of @element-namber{k}-x'" for k in range(n)
            ),
        ),
    ),
    Hostile(
        "unknown voices among many",
        500,
        lambda n: board(
            "voices:\n",
            keys(n, 2, "{model: x}", "voice-number-"),
            shots(
                f"id: b{k}, duration: 3s, prompt: A cup, say: [{{voyce-nomber-{k}x: hello}}]"
                for k in range(n)
            ),
        ),
    ),
    Hostile(
        "unknown styles among many",
        500,
        lambda n: board(
            "brand:\n  styles:\n",
            keys(n, 4, "{size: 5%}", "style-number-"),
            shots(
                f"id: b{k}, duration: 3s, prompt: A, titles: [{{text: x, style: stile-nomber-{k}}}]"
                for k in range(n)
            ),
        ),
    ),
    Hostile(
        "unknown models",
        1_000,
        lambda n: board(
            shots(
                f"id: b{k}, duration: 3s, prompt: A cup, model: kling-unknown-{k}" for k in range(n)
            )
        ),
    ),
    Hostile(
        "missing pictures",
        1_000,
        lambda n: board(
            shots(f"id: b{k}, duration: 3s, prompt: A cup, start: nothing{k}.png" for k in range(n))
        ),
    ),
    # Expressions.
    Hostile(
        "prices that can be read in two ways",
        1_000,
        lambda n: varied(
            "name,price\n" + "".join(f"n{k},1.{k % 900 + 100}\n" for k in range(n)),
            "{id: b, duration: 3s, still: '#102030', titles: [{text: '{{ price | price }}'}]}",
        ),
    ),
    Hostile(
        "a price of many numbers",
        20_000,
        lambda n: varied(
            "name,price\nn," + "1.250 " * (n // 6) + "\n",
            "{id: b, duration: 3s, still: '#102030', titles: [{text: '{{ price | price }}'}]}",
        ),
    ),
    Hostile(
        "variables",
        2_000,
        lambda n: board(
            "variables:\n",
            keys(n, 2, "{default: x}"),
            shots(
                [f"id: b, duration: 3s, prompt: '{' '.join(f'{{{{ k{k} }}}}' for k in range(n))}'"]
            ),
        ),
    ),
    Hostile(
        "undefined names among many",
        500,
        lambda n: board(
            "variables:\n",
            keys(n, 2, "{default: x}", "variable_number_"),
            shots(
                f"id: b{k}, duration: 3s, prompt: '{{{{ veriable_nomber_{k}x }}}}'"
                for k in range(n)
            ),
        ),
    ),
    Hostile(
        "variables that read one another",
        500,
        lambda n: board(
            "variables:\n  k0: {default: x}\n",
            "".join(f"  k{k}: {{default: '{{{{ k{k - 1} }}}}'}}\n" for k in range(1, n)),
            SCENES,
        ),
    ),
    Hostile(
        "wrong expressions in one text",
        500,
        lambda n: _prompted(" ".join(f"{{{{ u{k} }}}}" for k in range(n))),
    ),
    Hostile("open expressions", 10_000, lambda n: _prompted("{{ " * n)),
    Hostile("braces", 20_000, lambda n: _prompted("{{{%" * (n // 4) + " }}")),
    Hostile("a long sum", 5_000, lambda n: _prompted("{{ " + "+".join(["1"] * n) + " }}")),
    Hostile(
        "nested parentheses", 2_000, lambda n: _prompted("{{ " + "(" * n + "1" + ")" * n + " }}")
    ),
    Hostile("a chain of filters", 2_000, lambda n: _prompted("{{ 'x'" + "|upper" * n + " }}")),
    Hostile(
        "failing expressions",
        500,
        lambda n: board(
            shots(f"id: b{k}, duration: 3s, prompt: '{{{{ 1 / 0 + {k} }}}}'" for k in range(n))
        ),
    ),
    Hostile(
        "a loop in a text",
        1_000,
        lambda n: board(
            shots(
                [f"id: b, duration: 3s, prompt: '{{% for i in range({n}) %}}xxxxx{{% endfor %}}'"]
            )
        ),
    ),
    # Tables.
    Hostile(
        "rows",
        500,
        lambda n: varied(
            "a,b\n" + "".join(f"x{k},y\n" for k in range(n)),
            "{id: b, duration: 3s, prompt: 'A cup of {{ a }}'}",
        ),
    ),
    Hostile(
        "rows of one name",
        500,
        lambda n: board(
            "variations: {rows: rows.csv, name: '{{ a }}'}\n", SCENES, rows="a,b\n" + "x,y\n" * n
        ),
    ),
    Hostile("rows that end early", 1_000, lambda n: varied("a,b,c\n" + "x,y\n" * n)),
    Hostile("columns", 10_000, lambda n: varied(f"{_row_columns(n)}\n{_row_columns(n)}\n")),
    Hostile(
        "columns without a header",
        5_000,
        lambda n: varied("a,b" + "," * n + "\n" + ",".join(["x"] * (n + 2)) + "\n"),
    ),
    Hostile(
        "columns of one slug",
        5_000,
        lambda n: varied(
            ",".join("a" + "!" * k for k in range(1, n // 50 + 1))
            + "\n"
            + ",".join(["x"] * (n // 50))
            + "\n"
        ),
    ),
    Hostile("columns that are read", 300, lambda n: _uses_of_columns(n, "c")),
    Hostile("columns that are not there", 300, lambda n: _uses_of_columns(n, "d")),
    Hostile(
        "a matrix and its exceptions",
        300,
        lambda n: board(
            "variations:\n  matrix: {a: [",
            ", ".join(map(str, range(n))),
            "]}\n  exclude:\n",
            "".join(f"    - {{a: {k}}}\n" for k in range(1, n)),
            SCENES,
        ),
    ),
    Hostile(
        "a matrix and its additions",
        300,
        lambda n: board(
            "variations:\n  matrix: {a: [",
            ", ".join(map(str, range(n))),
            "]}\n  include:\n",
            "".join(f"    - {{a: {k}, b: x}}\n" for k in range(n)),
            SCENES,
        ),
    ),
    Hostile(
        "mistakes of every row",
        300,
        lambda n: varied(
            "a,b\n" + "".join(f"x{k},y\n" for k in range(n)),
            "{id: b, duration: '{{ a }}', prompt: 'A cup', promt: '{{ b }}'}",
        ),
    ),
    # Files.
    Hostile("files of `use`", 200, _used),
    Hostile("files of `use` that are used twice", 20, _diamond),
    Hostile("a chain of `extends`", 400, _chain),
)
"""What else can be many, long or deep."""

ALL = (*ISSUED, *SIBLINGS)
