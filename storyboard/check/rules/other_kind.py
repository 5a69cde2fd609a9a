"""Keys that only another kind of shot has."""

from collections.abc import Iterator

from storyboard.check.finding import error
from storyboard.check.outline import Kind
from storyboard.check.schema.words import with_article
from storyboard.check.subject import Subject
from storyboard.diagnostics import Code, Diagnostic

CODE = Code("SB109")

_RENDERED = (
    *("start", "end", "takes", "model", "endpoint"),
    *("style", "negative_prompt", "cfg_scale", "audio"),
)
_FOREIGN = {
    Kind.PROMPT: frozenset({"move", "from", "to"}),
    Kind.STILL: frozenset({*_RENDERED, "from", "to"}),
    Kind.FOOTAGE: frozenset({*_RENDERED, "move", "say"}),
}
_OWNERS = {"move": Kind.STILL, "from": Kind.FOOTAGE, "to": Kind.FOOTAGE}
_HELP = {"say": "a clip has its own sound; `caption` shows words with it"}


def other_kind(subject: Subject) -> Iterator[Diagnostic]:
    """Find a key that means nothing on a shot of this kind."""
    for _, shot in subject.outline.shots:
        if shot.kind is None or sum(shot.get(kind) is not None for kind in Kind) > 1:
            continue
        for entry in shot.node.entries:
            key = entry.key.text
            if key in _FOREIGN[shot.kind]:
                owner = _OWNERS.get(key, Kind.PROMPT)
                message = f"{with_article(shot.kind)} shot takes no `{key}`"
                help_ = _HELP.get(key, f"only {with_article(owner)} shot does: take it away")
                yield error(CODE, entry, message, help_)
