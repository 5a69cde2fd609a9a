"""Odd values, odd texts, and changes to a structure that keep most of it."""

from collections.abc import Iterable
from copy import deepcopy
from random import Random
from typing import Any

TEXTS = (
    *(
        "",
        " ",
        "x",
        "First Cup",
        "a\nb\n",
        "a\tb",
        "two  blanks ",
        "- dash",
        "# hash",
        "50%",
        "a: b",
    ),
    *(
        "É\u0301",
        "日本語のタイトル",
        "שלום world",
        "مرحبا",
        "ไทย",
        "हिन्दी",
        "👩‍👩‍👧‍👦 🇩🇪 👍🏽",
        "\u202eabc",
    ),
    *("\x1b[31mred", "\x07", "\x85", "\u2028", "\ufeff", "\x00", "\ufffe", "\U0010ffff", "\udcff"),
    *(
        "x" * 600,
        "word " * 100,
        "ß" * 200,
        "@mara",
        "@",
        "@@",
        "@nobody says",
        "{{ x }}",
        "{{",
        "}}",
    ),
    *("{{ 1 / 0 }}", "{% if x %}", "{{ '\\ud83d' }}", "{{ 'a' * 9 }}", "../../etc/passwd", "CON"),
    *("https://example.com/a.png", "http://[", "a.png", "front.png", "clip.mp4", "theme.wav"),
)
SCALARS: tuple[Any, ...] = (
    *(None, True, False, 0, 1, -1, 2.5, 72, 10**9, -(10**12), 1e300, 1e-9, 10**39),
    *("4s", "0s", "-1s", "12f", "1m05s", "99999999s", "500ms", "auto", "none", "off"),
    *("16:9", "0:0", "9:16", "1080p", "99999x99998", "8k", "24000/1001", "1/0", "240"),
    *("crossfade 9s", "fade-black", "cut", "-14 LUFS", "-200dB", "101%", "50%", "25 USD", "€3"),
)
SHAPES: tuple[Any, ...] = ([], {}, [[]], [{}], {"a": "b"}, {"": ""}, {"id": "a"}, [1, "a", None])
KEYS = ("id", "prompt", "zz", "titles", "1", "", "shots", "say", "when", "each", "file", "text")


def odd_text(luck: Random) -> str:
    """Draw a text that may not be expected."""
    text = luck.choice(TEXTS)
    return text + luck.choice(TEXTS) if luck.random() < 0.2 else text


def odd(luck: Random) -> Any:
    """Draw any value."""
    drawn = luck.random()
    if drawn < 0.45:
        return odd_text(luck)
    return deepcopy(luck.choice(SCALARS if drawn < 0.85 else SHAPES))


def routes(value: Any, here: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """List where there is anything in a structure."""
    found = [here] if here else []
    pairs: Iterable[tuple[Any, Any]] = ()
    if isinstance(value, dict):
        pairs = value.items()
    elif isinstance(value, list):
        pairs = enumerate(value)
    for key, inner in pairs:
        found += routes(inner, (*here, key))
    return found


def change(luck: Random, root: Any) -> None:
    """Change one thing in a structure: leave it out, double, rename, move or replace it."""
    every = routes(root)
    if not every:
        return
    *way, key = luck.choice(every)
    parent = root
    for step in way:
        parent = parent[step]
    match luck.choice(("delete", "double", "rename", "move", "odd", "odd", "odd")):
        case "delete":
            del parent[key]
        case "double" if isinstance(parent, list):
            parent.append(deepcopy(parent[key]))
        case "rename" if isinstance(parent, dict):
            parent[luck.choice((*KEYS, odd_text(luck)))] = parent.pop(key)
        case "move":
            other = root
            for step in luck.choice(every):
                other = other[step] if _has(other, step) else other
            parent[key] = deepcopy(other)
        case _:
            parent[key] = odd(luck)


def _has(value: Any, step: Any) -> bool:
    if isinstance(value, list):
        return isinstance(step, int) and step < len(value)
    return isinstance(value, dict) and step in value


def spoil(luck: Random, data: bytes) -> bytes:
    """Change a few bytes, cut, repeat or insert some."""
    if not data:
        return data
    spoilt = bytearray(data)
    for _ in range(luck.randint(1, 6)):
        at = luck.randrange(len(spoilt) + 1)
        match luck.randrange(6):
            case 0 if at < len(spoilt):
                spoilt[at] = luck.randrange(256)
            case 1:
                del spoilt[at : at + luck.randint(1, 40)]
            case 2:
                spoilt[at:at] = luck.choice(
                    (b"\0", b"\xff\xff\xff\xff", b"\n", b"\t", b'"', b"\x80")
                )
            case 3:
                spoilt[at:at] = spoilt[at : at + luck.randint(1, 60)]
            case 4 if luck.random() < 0.2:
                del spoilt[at:]
            case _ if at < len(spoilt):
                spoilt[at] ^= 1 << luck.randrange(8)
        if not spoilt:
            break
    return bytes(spoilt)
