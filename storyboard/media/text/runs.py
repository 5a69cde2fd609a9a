"""Split a line into runs of one font, script and direction, in the order they are drawn in."""

from storyboard.media.text.bidi import Direction, Stretch, stretches
from storyboard.media.text.fonts import FontFile, FontStack
from storyboard.media.text.grapheme_clusters import clusters, is_ignorable
from storyboard.media.text.scripts import COMMON, scripts
from storyboard.media.text.shape import Run

_KANA = range(0x3040, 0x3100)
_HANGUL = range(0xAC00, 0xD7A4)


def runs(line: str, fonts: FontStack, size: int, base: Direction) -> tuple[Run, ...]:
    """Split a line whose paragraph has the direction `base`; `size` is in pixels."""
    if line.isascii() and base == "ltr" and fonts.primary.has(line):
        script = "Latn" if any(map(str.isalpha, line)) else COMMON
        return (Run(line, fonts.primary, size, "ltr", script),) if line else ()
    language = _language(line)
    found: list[Run] = []
    for stretch in stretches(line, base):
        parts = _parts(stretch, fonts)
        for words, font, script in parts if stretch.direction == "ltr" else reversed(parts):
            found.append(Run(words, font, size, stretch.direction, script, language))
    return tuple(found)


def _parts(stretch: Stretch, fonts: FontStack) -> list[tuple[str, FontFile, str]]:
    """Split a stretch into parts of one font and script, in the order in which they are read."""
    parts: list[tuple[list[str], FontFile, str]] = []
    whole = list(clusters(stretch.text))
    for cluster, script in zip(whole, scripts(whole), strict=True):
        words, before, its = parts[-1] if parts else ([], None, script)
        font = _font(cluster, fonts, before)
        if before == font and its == script:
            words.append(cluster)
        else:
            parts.append(([cluster], font, script))
    return [("".join(words), font, script) for words, font, script in parts]


def _font(cluster: str, fonts: FontStack, before: FontFile | None) -> FontFile:
    alone = cluster.isspace() or all(is_ignorable(one) for one in cluster)
    if before and alone and not before.bitmap and before.has(cluster):
        return before
    return fonts.find(cluster) or fonts.primary


def _language(line: str) -> str | None:
    points = [ord(char) for char in line]
    if any(point in _KANA for point in points):
        return "ja"
    return "ko" if any(point in _HANGUL for point in points) else None
