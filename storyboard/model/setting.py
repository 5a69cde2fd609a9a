"""List the settings of the language: what each is, where it may be, and what becomes of it.

A setting is a key that a shot may have from its scene or from the storyboard, and that its request
depends on. A further plain setting is a row here, a property of the schema, and a field in the
files of the endpoints that take it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Level(StrEnum):
    """Where a setting may be; the nearest to the shot counts."""

    SHOT = "shot"
    SCENE = "scene"
    STORYBOARD = "storyboard"


class Form(StrEnum):
    """What a value is: it decides how it is read, and which limits a field of it has."""

    TEXT = "text"
    NUMBER = "number"
    FLAG = "flag"


class Use(StrEnum):
    """What becomes of a value.

    CHOICE selects the endpoint, WORDS are put into the prompt. A FIELD is sent as it is, in the
    field of that name of an endpoint that takes it. A SWITCH is a field too, but is always sent.
    """

    CHOICE = "choice"
    WORDS = "words"
    FIELD = "field"
    SWITCH = "switch"


@dataclass(frozen=True, slots=True)
class Setting:
    """A setting. `separates` tells whether two shots that differ in it need a job each."""

    key: str
    form: Form
    use: Use
    levels: tuple[Level, ...] = tuple(Level)
    separates: bool = True

    @property
    def is_optional(self) -> bool:
        """True if there are endpoints that do not take it."""
        return self.use in {Use.FIELD, Use.SWITCH}


SETTINGS = (
    Setting("model", Form.TEXT, Use.CHOICE),
    Setting("endpoint", Form.TEXT, Use.CHOICE),
    Setting("style", Form.TEXT, Use.WORDS),
    Setting("negative_prompt", Form.TEXT, Use.FIELD),
    Setting("cfg_scale", Form.NUMBER, Use.FIELD),
    Setting("audio", Form.FLAG, Use.SWITCH),
)
"""Every setting, in the order in which messages name them."""

SETTING: Mapping[str, Setting] = {one.key: one for one in SETTINGS}
FIELDS = tuple(one for one in SETTINGS if one.use is Use.FIELD)
"""Those that are sent as they are."""
