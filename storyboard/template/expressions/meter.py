"""Counts what one expression does, so that none can run or write without end."""

from collections.abc import Callable, Iterable, Iterator
from functools import wraps
from inspect import Signature, signature
from typing import TypeVar

from storyboard.template.codes import FAILED, TOO_MUCH
from storyboard.template.expressions.failure import Failure, RenderError

MAX_STEPS = 50_000
MAX_TEXT = 50_000
MAX_RANGE = 1_000
MAX_DIGITS = 1_000

T = TypeVar("T")


class Meter:
    """What is left of one expression's steps. A step is a turn of a loop, or a filter's item."""

    __slots__ = ("left",)

    def __init__(self) -> None:
        """Begin with all steps left."""
        self.left = MAX_STEPS

    def reset(self) -> None:
        """Begin the next expression."""
        self.left = MAX_STEPS

    def spend(self, steps: int = 1) -> None:
        """Take steps away; RenderError where none are left."""
        self.left -= steps
        if self.left < 0:
            raise RenderError(
                Failure(
                    TOO_MUCH,
                    f"this expression takes more than {MAX_STEPS:,} steps",
                    "loop over fewer items, or put the result into the table",
                )
            )

    def filter(self, name: str, work: Callable[..., object]) -> Callable[..., object]:
        """Make a filter that takes steps, writes no endless text, and knows its own arguments."""
        shape = signature(work)

        @wraps(work)
        def metered(*args: object, **kwargs: object) -> object:
            self.spend(1 + len(args[0]) if isinstance(args[0], tuple) else 1)
            try:
                shape.bind(*args, **kwargs)
            except TypeError:
                raise _arguments(name, shape) from None
            result = work(*args, **kwargs)
            return bounded(result) if isinstance(result, str) else result

        return metered

    def counted(self, items: Iterable[T]) -> Iterator[T]:
        """Hand on the items, a step for each."""
        for item in items:
            self.spend()
            yield item


def _arguments(name: str, shape: Signature) -> RenderError:
    takes = ", ".join(
        one.name if one.default is one.empty else f"{one.name}={one.default!r}"
        for one in tuple(shape.parameters.values())[1:]
    )
    return RenderError(
        Failure(FAILED, f"`{name}` takes other arguments", f"it is written `{name}({takes})`")
    )


def bounded(text: str) -> str:
    """Hand on a text that is not too long; RenderError for one that is."""
    if len(text) > MAX_TEXT:
        raise too_long()
    return text


def too_long() -> RenderError:
    """Return the error for a text above the limit."""
    return RenderError(
        Failure(TOO_MUCH, f"this expression writes more than {MAX_TEXT:,} characters")
    )


def limited_range(*bounds: int) -> range:
    """Count like Python's `range`, but not far."""
    numbers = range(*bounds)
    if len(numbers) > MAX_RANGE:
        raise RenderError(
            Failure(TOO_MUCH, f"`range` counts {len(numbers):,} numbers; {MAX_RANGE:,} is the most")
        )
    return numbers
