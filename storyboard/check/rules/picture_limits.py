"""Pictures that the model would refuse."""

from collections.abc import Iterator
from decimal import Decimal

from storyboard.catalogue import ImageLimits, VideoEndpoint
from storyboard.check.finding import error
from storyboard.check.outline import Kind
from storyboard.check.reading import child, items, text
from storyboard.check.rule import SCENE, rule
from storyboard.check.subject import SceneSubject, Subject
from storyboard.diagnostics import Code, Column, Diagnostic
from storyboard.model import LocalFile, Mention, PictureFacts, parse
from storyboard.source import Node, Scalar

FORMAT = Code("SB306")
SMALL = Code("SB307")
RATIO = Code("SB308")
HEAVY = Code("SB309")

_MEGABYTE = 1_000_000
_ALIASES = {"JPG": "JPEG"}


@rule(SCENE, Column.FILES, FORMAT, SMALL, RATIO, HEAVY)
def picture_limits(subject: SceneSubject) -> Iterator[Diagnostic]:
    """Find pictures whose format, size, ratio or weight a model that gets them does not take."""
    told: set[tuple[int, str]] = set()
    for node, endpoint in _sent(subject):
        key = (id(node), endpoint.model)
        match node, subject.file(node):
            case Scalar(), LocalFile(facts=PictureFacts()) as file if key not in told:
                told.add(key)
                yield from _picture(node, file, endpoint)
            case _:
                continue


def _sent(subject: SceneSubject) -> Iterator[tuple[Node, VideoEndpoint]]:
    """Yield every picture that is sent, with an endpoint of its model that takes it."""
    scene = subject.scene
    rendered = [shot for shot in scene.shots if shot.kind is Kind.PROMPT]
    for shot in rendered:
        endpoints = subject.endpoints(scene, shot)
        frames = [shot.get("start"), shot.get("end")]
        frames += [scene.get("start")] if shot is rendered[0] else []
        frames += [scene.get("end")] if shot is rendered[-1] else []
        framed = next((one for one in endpoints if one.start or one.end), None)
        yield from ((node, framed) for node in frames if node is not None and framed)
        elements = next((one for one in endpoints if one.elements is not None), None)
        if elements is not None:
            yield from ((node, elements) for node in _likenesses(subject, shot.get("prompt")))
        beside = next((one for one in endpoints if one.pictures is not None), None)
        if beside is not None:
            singles = _elements(subject, shot.get("prompt"))
            named = (child(element, "picture") for element in singles)
            yield from ((node, beside) for node in named if node is not None)


def _elements(subject: Subject, prompt: Node | None) -> Iterator[Node]:
    known = subject.outline.elements
    for part in parse(text(prompt) or "", known).prompt:
        if isinstance(part, Mention):
            yield known[part.element].value


def _likenesses(subject: Subject, prompt: Node | None) -> Iterator[Node]:
    for element in _elements(subject, prompt):
        frontal = child(element, "frontal")
        yield from () if frontal is None else (frontal,)
        yield from items(child(element, "references"))


def _picture(node: Scalar, file: LocalFile, endpoint: VideoEndpoint) -> Iterator[Diagnostic]:
    limits, facts = endpoint.images, file.facts
    if not isinstance(facts, PictureFacts):
        return
    name, model = f"`{node.value}`", f"`{endpoint.model}`"
    formats = {_ALIASES.get(one.upper(), one.upper()) for one in limits.formats}
    if facts.format.upper() not in formats:
        listed = " or ".join(sorted(formats))
        message = f"{name} is a {facts.format} picture, which {model} does not take"
        yield error(FORMAT, node, message, f"save it as {listed}")
    size = f"{facts.width}x{facts.height}"
    if min(facts.width, facts.height) < limits.min_side:
        message = f"{name} is {size}; {model} wants at least {limits.min_side} pixels a side"
        yield error(SMALL, node, message, "use a larger picture; enlarging this one adds no detail")
    longer, shorter = max(facts.width, facts.height), max(min(facts.width, facts.height), 1)
    if Decimal(longer) / shorter > limits.max_ratio:
        message = f"{name} is {size}; {model} takes at most {limits.max_ratio}:1, either way"
        yield error(RATIO, node, message, "crop it")
    yield from _weight(node, file, endpoint.model, limits)


def _weight(node: Scalar, file: LocalFile, model: str, limits: ImageLimits) -> Iterator[Diagnostic]:
    if file.size > limits.max_bytes:
        size = Decimal(file.size) / _MEGABYTE
        message = (
            f"`{node.value}` is {size:.1f} MB; `{model}` takes at most "
            f"{limits.max_bytes // _MEGABYTE} MB"
        )
        yield error(HEAVY, node, message, "save it as JPEG, or make it smaller")
