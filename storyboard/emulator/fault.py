"""What can go wrong, and when: the values that a scenario file is read into."""

from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

from storyboard.emulator.entry import ClipKind


class On(StrEnum):
    """What a rule looks at: a kind of call, or the job that an accepted submit becomes."""

    SUBMIT = "submit"
    STATUS = "status"
    RESULT = "result"
    CANCEL = "cancel"
    UPLOAD = "upload"
    PUT = "put"
    DOWNLOAD = "download"
    LIST = "list"
    PRICING = "pricing"
    JOB = "job"


@dataclass(frozen=True, slots=True)
class Refuse:
    """After this call, connections are refused for so many seconds."""

    seconds: float


@dataclass(frozen=True, slots=True)
class Drop:
    """The connection dies without an answer, before or after the call has had its effect."""

    accepted: bool


@dataclass(frozen=True, slots=True)
class Silence:
    """No answer for so many seconds, then the connection dies."""

    seconds: float
    accepted: bool


@dataclass(frozen=True, slots=True)
class Half:
    """The call has its effect, and the connection dies in the middle of the answer."""


@dataclass(frozen=True, slots=True)
class Slow:
    """The answer comes so many seconds late."""

    seconds: float


@dataclass(frozen=True, slots=True)
class Status:
    """The answer is an error of this status, before or after the call has had its effect."""

    status: int
    detail: str
    accepted: bool
    retry_after: float | None
    request_id: bool


@dataclass(frozen=True, slots=True)
class Kill:
    """The server dies and is back after so many seconds; what it had accepted it still knows."""

    seconds: float
    accepted: bool


@dataclass(frozen=True, slots=True)
class Page:
    """A page of HTML is where a file should be, under whatever name of its kind."""

    content_type: str = "text/html"


@dataclass(frozen=True, slots=True)
class Redirect:
    """The answer redirects, before or after the call has had its effect."""

    location: str
    accepted: bool
    status: int = 307


@dataclass(frozen=True, slots=True)
class Zipped:
    """The answer is zipped, though that was not asked for."""


@dataclass(frozen=True, slots=True)
class Partial:
    """The server has only half of the file yet, and takes it for the whole."""


@dataclass(frozen=True, slots=True)
class Trickle:
    """The file comes a few bytes at a time, over so many seconds."""

    seconds: float


@dataclass(frozen=True, slots=True)
class Surrogate:
    """Each text of the answer that people read ends with half a surrogate pair."""


@dataclass(frozen=True, slots=True)
class Digits:
    """Each number of the answer has four hundred digits."""


class IdKind(StrEnum):
    """What is wrong with the id of an accepted request."""

    EMPTY = "empty"
    LONG = "long"
    CONTROL = "control"
    NUMBER = "number"
    SURROGATE = "surrogate"


@dataclass(frozen=True, slots=True)
class BadId:
    """A submit is accepted, and answered with an id that cannot be used."""

    kind: IdKind


@dataclass(frozen=True, slots=True)
class Garbage:
    """The call has its effect; in place of the answer come bytes that are no HTTP, and no TLS."""


@dataclass(frozen=True, slots=True)
class Error:
    """The job ends `COMPLETED` with an error of this type."""

    type: str
    charged: bool


@dataclass(frozen=True, slots=True)
class Spoilt:
    """The job is done and charged, and its clip is not what was asked for."""

    kind: ClipKind


Mangling: TypeAlias = Half | Zipped | Partial | Trickle | Surrogate | Digits | BadId | Garbage
"""What happens to an answer on its way."""

CallFault: TypeAlias = Refuse | Drop | Silence | Slow | Status | Kill | Page | Redirect | Mangling
JobFault: TypeAlias = Error | Spoilt
Fault: TypeAlias = CallFault | JobFault


@dataclass(frozen=True, slots=True)
class Rule:
    """Which calls of a kind meet a fault.

    `endpoint` is a pattern with `*`, `prompt` a text that a prompt of the request holds. Of the
    calls that fit these, `nth` names some by number, `first` the first so many, `every` each
    so-manieth, `chance` a part of them by lot. A rule with none of the four meets them all.
    """

    on: On
    fault: Fault
    endpoint: str | None = None
    prompt: str | None = None
    nth: tuple[int, ...] = ()
    first: int | None = None
    every: int | None = None
    chance: float | None = None


@dataclass(frozen=True, slots=True)
class Listing:
    """How the account's list of requests behaves.

    A request is listed `delay` seconds after it was sent; with `running` false, only once it has
    ended; with `defaults` true, `json_input` also holds fields that were not sent.
    """

    delay: float = 0.0
    running: bool = True
    defaults: bool = False


class Checking(StrEnum):
    """When a body that the model does not take is refused: with the result (as fal), or sooner."""

    RESULT = "result"
    SUBMIT = "submit"


@dataclass(frozen=True, slots=True)
class Scenario:
    """A night: the account it happens to, and the rules of what goes wrong."""

    seed: int = 0
    concurrency: int | None = None
    bad_keys: tuple[str, ...] = ()
    listing: Listing = Listing()
    checking: Checking = Checking.RESULT
    rules: tuple[Rule, ...] = ()
