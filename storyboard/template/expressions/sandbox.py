"""The sandbox that expressions run in: Jinja2's, with little in it and everything counted.

What a storyboard says comes in pull requests from strangers: an expression reads the names it is
given, and can neither reach Python's objects, nor the disk, nor run or write without end.
"""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from functools import partial
from types import BuiltinMethodType, MethodType
from typing import Any

from jinja2 import StrictUndefined, Undefined, nodes
from jinja2.exceptions import TemplateRuntimeError, UndefinedError
from jinja2.runtime import Context, LoopContext
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.utils import missing

from storyboard.diagnostics import suggest
from storyboard.template.codes import NOT_A_SCALAR, REFUSED, UNDEFINED
from storyboard.template.expressions.arithmetic import calculate
from storyboard.template.expressions.compare import compared
from storyboard.template.expressions.failure import Failure, RenderError
from storyboard.template.expressions.filters import Prices, filters_with
from storyboard.template.expressions.filters.arguments import items
from storyboard.template.expressions.grammar import COMPARED, COUNTED, EXACT, JOINED, harden
from storyboard.template.expressions.meter import Meter, bounded, limited_range
from storyboard.template.expressions.value import a_kind, kind_of, text_of

_TEXT_METHODS = frozenset(
    [
        "upper",
        "lower",
        "title",
        "capitalize",
        "strip",
        "lstrip",
        "rstrip",
        "split",
        "startswith",
        "endswith",
        "find",
        "count",
        "isdigit",
        "isupper",
        "islower",
        "isalpha",
        "removeprefix",
        "removesuffix",
    ]
)
_MAP_METHODS = frozenset(("get", "items", "keys", "values"))
_LOOP_NAMES = frozenset(
    [
        "index",
        "index0",
        "revindex",
        "revindex0",
        "first",
        "last",
        "length",
        "previtem",
        "nextitem",
        "cycle",
        "depth",
    ]
)
_TESTS = frozenset(
    [
        "defined",
        "undefined",
        "none",
        "string",
        "number",
        "boolean",
        "integer",
        "even",
        "odd",
        "divisibleby",
        "in",
        "true",
        "false",
        "eq",
        "ne",
        "lt",
        "le",
        "gt",
        "ge",
        "==",
        "!=",
        "<",
        "<=",
        ">",
        ">=",
        "equalto",
        "lessthan",
        "greaterthan",
        "sequence",
        "mapping",
    ]
)


class Missing(StrictUndefined):
    """A name or key that is not there; using it in any way is an error in our words."""

    __slots__ = ()

    def __init__(
        self,
        hint: str | None = None,
        obj: object = missing,
        name: str | None = None,
        exc: type[TemplateRuntimeError] = UndefinedError,
    ) -> None:
        """Keep what is missing, and of what; `exc` other than Jinja's default is a refusal."""
        failure = _missing(obj, str(name)) if exc is UndefinedError else _refused(str(name))
        raiser: Any = partial(_render_error, failure)
        super().__init__(hint, obj, name, raiser)


def _render_error(failure: Failure, _message: str) -> RenderError:
    return RenderError(failure)


def _missing(owner: object, name: str) -> Failure:
    if owner is missing:
        return Failure(UNDEFINED, f"`{name}` is not defined")
    known = tuple(map(str, owner)) if isinstance(owner, Mapping) else ()
    help_text = suggest(name, known, "keys")
    return Failure(UNDEFINED, f"this {kind_of(owner)} has no `{name}`", help_text)


def _refused(name: str) -> Failure:
    return Failure(
        REFUSED,
        f"`{name}` cannot be used in a storyboard",
        "expressions read names, columns and filters; they cannot reach anything else",
    )


class Sandbox(ImmutableSandboxedEnvironment):
    """Jinja2's immutable sandbox with a closed list of filters, tests, methods and statements.

    One sandbox serves one `expand` at a time: its meter is that of the expression being run.
    """

    intercepted_binops = frozenset(("+", "-", "*", "/", "//", "%", "**"))

    def __init__(self) -> None:
        """Build it with the filters of this room and nothing of Jinja's own."""
        super().__init__(
            undefined=Missing, finalize=_finalize, keep_trailing_newline=True, cache_size=0
        )
        self.meter = Meter()
        self.globals = {"range": limited_range}
        self.tests = {name: test for name, test in self.tests.items() if name in _TESTS}
        self.prices = Prices()
        every = filters_with(self.prices)
        self.filters = {name: self.meter.filter(name, one) for name, one in every.items()}
        self.filters |= {
            COUNTED: self._loop,
            JOINED: _joined,
            EXACT: Decimal,
            COMPARED: compared,
        }

    def _generate(
        self,
        source: nodes.Template,
        name: str | None,
        filename: str | None,
        defer_init: bool = False,  # noqa: FBT001, FBT002 - Jinja's signature
    ) -> str:
        return super()._generate(harden(source), name, filename, defer_init)

    def _loop(self, value: object) -> Iterator[object]:
        """Go through a list, a step for each item; a text's letters are no list."""
        return self.meter.counted(value if isinstance(value, range) else items(value, "for"))

    def getattr(self, obj: Any, attribute: str) -> Any:  # noqa: ANN401 - Jinja's signature
        """Read a column or a key, else one of the few methods that are allowed."""
        return self._reach(obj, attribute)

    def getitem(self, obj: Any, argument: Any) -> Any:  # noqa: ANN401 - Jinja's signature
        """Read by key, number or slice."""
        if isinstance(obj, Mapping):
            return obj[argument] if argument in obj else self.undefined(obj=obj, name=argument)
        if isinstance(argument, str):
            return self._reach(obj, argument)
        try:
            return obj[argument]
        except (TypeError, LookupError):
            return self.undefined(obj=obj, name=argument)

    def _reach(self, obj: object, name: str) -> object:
        match obj:
            case Missing():
                obj._fail_with_undefined_error()  # noqa: SLF001 - what is missing says so itself
            case Mapping() if name in obj:
                return obj[name]
            case Mapping() if name in _MAP_METHODS:
                return getattr(obj, name)
            case str() if name in _TEXT_METHODS:
                return getattr(obj, name)
            case LoopContext() if name in _LOOP_NAMES:
                return getattr(obj, name)
        if name.startswith("_") or hasattr(obj, name):
            raise RenderError(_refused(name))
        return self.undefined(obj=obj, name=name)

    def is_safe_callable(self, obj: Any) -> bool:  # noqa: ANN401 - Jinja's signature
        """Allow `range`, and the methods that `getattr` hands out."""
        if obj is limited_range:
            return True
        if not isinstance(obj, BuiltinMethodType | MethodType):
            return False
        owner, name = obj.__self__, obj.__name__
        return (
            (isinstance(owner, str) and name in _TEXT_METHODS)
            or (isinstance(owner, Mapping) and name in _MAP_METHODS)
            or (isinstance(owner, LoopContext) and name == "cycle")
        )

    def call(
        self,
        context: Context,
        called: Any,  # noqa: ANN401 - Jinja's signature
        /,
        *args: Any,  # noqa: ANN401
        **kwargs: Any,  # noqa: ANN401
    ) -> Any:  # noqa: ANN401
        """Call what is allowed; RenderError for everything else."""
        if isinstance(called, Missing):
            called._fail_with_undefined_error()  # noqa: SLF001 - what is missing says so itself
        if not self.is_safe_callable(called):
            raise RenderError(_refused(getattr(called, "__name__", kind_of(called))))
        self.meter.spend()
        return context.call(called, *args, **kwargs)

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:  # noqa: ANN401, ARG002 - Jinja's signature
        """Calculate exactly, and refuse what would grow without bounds."""
        return calculate(operator, left, right)


def _finalize(value: object) -> str:
    """Turn what an expression writes into text; a list or a map in a text is a mistake."""
    match value:
        case Missing():
            return str(value)
        case Undefined():  # what an `if` without `else` leaves
            return ""
        case None:
            raise RenderError(
                Failure(
                    NOT_A_SCALAR,
                    "this value is null, and a text cannot hold that",
                    'give another text for it: `{{ name | default("…", true) }}`',
                )
            )
        case float():
            return repr(value)
        case _ if isinstance(value, str | int):
            return bounded(text_of(value))
        case _ if kind_of(value) == "number":
            return bounded(f"{value:f}")
        case _:
            raise RenderError(
                Failure(
                    NOT_A_SCALAR,
                    f"{a_kind(value)} cannot stand inside a text",
                    'pick one item, or join them: `{{ names | join(", ") }}`',
                )
            )


def _joined(parts: list[object]) -> str:
    return bounded("".join(map(_finalize, parts)))
