"""Every kind of change to a catalogue: one endpoint is added, removed or changed."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from decimal import Decimal
from random import Random

from storyboard.catalogue import Catalogue, Endpoint, EndpointId
from storyboard.catalogue.endpoint import (
    AudioField,
    Dialect,
    DurationForm,
    FrameField,
    NumberField,
    PerCall,
    PerSecond,
    Price,
    TextField,
    VideoEndpoint,
    VoiceEndpoint,
    gather,
)
from storyboard.model.money import NOTHING, Usd

Change = Callable[[Random, VideoEndpoint], VideoEndpoint]

NUMBER = NumberField("cfg_scale", Decimal("0.5"), Decimal(0), Decimal(1))
NEGATIVE = TextField("negative_prompt", None, 2500)
SHOUTING = Dialect("<<<element_{number}>>>", "{who} (voice {number})", '{who} shouts "{text}"')


def _durations(dice: Random, one: VideoEndpoint) -> VideoEndpoint:
    kinds = [(5, 10), (4, 6, 8), tuple(range(1, 31)), (3,), one.durations[1:] or (60,)]
    return replace(one, durations=dice.choice(kinds))


def _duration_field(dice: Random, one: VideoEndpoint) -> VideoEndpoint:
    form = dice.choice([DurationForm.NUMBER, DurationForm.SUM])
    return replace(one, duration_field="seconds", duration_form=form)


def _prompt(dice: Random, one: VideoEndpoint) -> VideoEndpoint:
    return replace(one, prompt=replace(one.prompt, name="text", max_length=dice.choice([3, 9999])))


def _shots(dice: Random, one: VideoEndpoint) -> VideoEndpoint:
    if one.shots is None:
        return replace(one, constants={"mode": "pro"})
    fewer = replace(one.shots, max_shots=dice.choice([1, 2, 9]), max_length=dice.choice([2, 512]))
    return replace(one, shots=dice.choice([None, fewer, replace(one.shots, constants={})]))


def _start(dice: Random, one: VideoEndpoint) -> VideoEndpoint:
    fields = [None, FrameField("first", required=True), FrameField("first", required=False)]
    return replace(one, start=dice.choice(fields))


def _end(_: Random, one: VideoEndpoint) -> VideoEndpoint:
    return replace(one, end=None if one.end else FrameField("last", required=False))


def _audio(dice: Random, one: VideoEndpoint) -> VideoEndpoint:
    if one.audio is None:
        return replace(one, audio=AudioField("sound", dice.choice([True, False])), price=_all(one))
    flipped = replace(one.audio, default=not one.audio.default)
    return replace(one, audio=dice.choice([None, flipped, replace(one.audio, name="sound")]))


def _all(one: VideoEndpoint) -> Price:
    del one
    return PerCall(Usd(Decimal(2)))


def _voices(_: Random, one: VideoEndpoint) -> VideoEndpoint:
    return replace(one, voices=None if one.voices is None else replace(one.voices, name="speakers"))


def _elements(dice: Random, one: VideoEndpoint) -> VideoEndpoint:
    if one.elements is None:
        return replace(one, dialect=SHOUTING)
    none = replace(one.elements, max_elements=0, max_videos=0)
    return replace(one, elements=dice.choice([None, none, replace(one.elements, name="cast")]))


def taking(one: VideoEndpoint, **fields: NumberField | TextField | None) -> VideoEndpoint:
    """Let an endpoint take these settings; None takes one from it."""
    settings = {key: field for key, field in {**one.settings, **fields}.items() if field}
    return replace(one, settings=settings)


def _negative(dice: Random, one: VideoEndpoint) -> VideoEndpoint:
    return taking(one, negative_prompt=dice.choice([None, replace(NEGATIVE, max_length=1)]))


def _scale(dice: Random, one: VideoEndpoint) -> VideoEndpoint:
    tight = replace(NUMBER, minimum=Decimal("0.49"), maximum=Decimal("0.5"))
    return taking(one, cfg_scale=dice.choice([None, NUMBER, tight]))


def _ratio(_: Random, one: VideoEndpoint) -> VideoEndpoint:
    if one.aspect_ratio is None:
        return replace(one, dialect=SHOUTING)
    return replace(one, aspect_ratio=replace(one.aspect_ratio, name="shape"))


def _images(_: Random, one: VideoEndpoint) -> VideoEndpoint:
    return replace(one, images=replace(one.images, formats=("TIFF",), min_side=9999, max_bytes=1))


def _price(dice: Random, one: VideoEndpoint) -> VideoEndpoint:
    many = PerCall(Usd(Decimal(dice.choice(["0", "0.01", "99"]))))
    match one.price:
        case PerSecond(rates):
            some = dict(list(rates.items())[: dice.randint(1, len(rates))])
            free = dict.fromkeys(rates, NOTHING)
            dear = {mode: Usd(rate * 7) for mode, rate in rates.items()}
            return replace(
                one, price=dice.choice([PerSecond(some), PerSecond(free), PerSecond(dear), many])
            )
        case _:
            return replace(one, price=many)


def _model(_: Random, one: VideoEndpoint) -> VideoEndpoint:
    return replace(one, model=f"{one.model}-classic")


def _constants(_: Random, one: VideoEndpoint) -> VideoEndpoint:
    return replace(one, constants={"mode": "pro"})


def _dialect(_: Random, one: VideoEndpoint) -> VideoEndpoint:
    return replace(one, dialect=SHOUTING)


def _family(_: Random, one: VideoEndpoint) -> VideoEndpoint:
    return replace(one, family="another")  # type: ignore[arg-type]


CHANGES: tuple[Change, ...] = (
    *(_durations, _duration_field, _prompt, _shots, _start, _end, _audio, _voices, _elements),
    *(_negative, _scale, _ratio, _images, _price, _model, _constants, _dialect, _family),
)


def changed(dice: Random, one: Endpoint) -> Endpoint:
    """Change an endpoint in one to three ways."""
    match one:
        case VoiceEndpoint():
            return dice.choice(
                [
                    replace(one, sample_field="sample"),
                    replace(one, min_seconds=40, max_seconds=50),
                    replace(one, price=PerCall(Usd(Decimal(9)))),
                    replace(one, containers=("flac",)),
                ]
            )
        case VideoEndpoint():
            for change in dice.sample(CHANGES, dice.randint(1, 3)):
                one = change(dice, one)
            return one


def added(dice: Random, like: Endpoint) -> Endpoint:
    """Make a further endpoint of the same model or family, which often comes first."""
    name = EndpointId(dice.choice(["a/first", "zz/last", like.id.replace("image", "text") + "/b"]))
    made = replace(like, id=name)
    if isinstance(made, VideoEndpoint):
        made = replace(made, start=None, end=None) if dice.random() < 0.5 else made
        made = taking(made, cfg_scale=NUMBER, negative_prompt=NEGATIVE)
        return changed(dice, made) if dice.random() < 0.5 else made
    return made


def changes(
    dice: Random, catalogue: Catalogue, used: frozenset[str], count: int
) -> Iterator[Catalogue]:
    """Yield catalogues that are each one change away, mostly of what is used."""
    for _ in range(count):
        those = [one for one in catalogue.endpoints if one.id in used]
        one = dice.choice(those if dice.random() < 0.9 else list(catalogue.endpoints))
        others = [it for it in catalogue.endpoints if it is not one]
        match dice.choice(["add", "remove", "change", "change", "change"]):
            case "add":
                yield gather([*catalogue.endpoints, added(dice, one)])
            case "remove":
                yield gather(others)
            case _:
                yield gather([*others, changed(dice, one)])
