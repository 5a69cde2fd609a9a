"""Keys that only another kind of shot has."""

from collections.abc import Iterator, Mapping

from storyboard.check.finding import form_error
from storyboard.check.outline import Kind
from storyboard.check.removal import removal
from storyboard.check.rule import SHOT, rule
from storyboard.check.schema.words import with_article
from storyboard.check.subject import ShotSubject
from storyboard.diagnostics import Code, Column, Diagnostic, Related
from storyboard.model import SETTINGS, Level

CODE = Code("SB109")

_RENDERED = (
    *("start", "end", "takes"),
    *(one.key for one in SETTINGS if Level.SHOT in one.levels),
)
KEYS_OF_OTHERS: Mapping[Kind, frozenset[str]] = {
    Kind.PROMPT: frozenset({"move", "from", "to", "sound_track"}),
    Kind.STILL: frozenset({*_RENDERED, "from", "to", "sound_track"}),
    Kind.FOOTAGE: frozenset({*_RENDERED, "move", "say"}),
}
"""The keys that a kind of shot refuses; the schema refuses them in editors."""

_OWNERS = {
    "move": Kind.STILL,
    "from": Kind.FOOTAGE,
    "to": Kind.FOOTAGE,
    "sound_track": Kind.FOOTAGE,
}
_HELP = {"say": "a clip has its own sound; `caption` shows words with it"}


@rule(SHOT, Column.OTHER, CODE)
def other_kind(subject: ShotSubject) -> Iterator[Diagnostic]:
    """Find a key that means nothing on a shot of this kind."""
    shot = subject.shot
    if shot.kind is None or sum(shot.get(kind) is not None for kind in Kind) > 1:
        return
    for entry in shot.node.entries:
        key = entry.key.text
        if key in KEYS_OF_OTHERS[shot.kind]:
            owner = _OWNERS.get(key, Kind.PROMPT)
            message = f"{with_article(shot.kind)} shot takes no `{key}`"
            help_ = _HELP.get(key, f"only {with_article(owner)} shot does: take it away")
            kind = next(one for one in shot.node.entries if one.key.value == shot.kind)
            also: tuple[Related, ...] = ()
            if (way := removal(entry, shot.node)) is not None:
                help_, also = way, (Related(f"`{shot.kind}` is here", kind.key.span),)
            yield form_error(CODE, entry, message, help_, *also)
