"""The key `variables` to declared variables, and texts to values of their types."""

from collections.abc import Mapping as AnyMapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from enum import StrEnum

from storyboard.diagnostics import Code, Diagnostic, Severity, Span, suggest
from storyboard.source import Mapping, Node, Scalar, Sequence
from storyboard.template.codes import UNKNOWN_VARIABLE, VALUE_KIND, VARIABLES_SHAPE
from storyboard.template.expressions.value import Value, a_kind, kind_of, of_node, text_of, token
from storyboard.template.table.row import is_name

_KEYS = ("type", "default", "choices", "about")
_YES, _NO = frozenset(("true", "yes", "on", "1")), frozenset(("false", "no", "off", "0"))
_RESERVED = frozenset(("row", "group", "loop"))


class Kind(StrEnum):
    """What a variable's values are."""

    STRING = "string"
    INTEGER = "integer"
    NUMBER = "number"
    BOOLEAN = "boolean"
    LIST = "list"
    MAP = "map"


@dataclass(frozen=True, slots=True)
class Variable:
    """A declared variable. `default` None means it has none; `kind` None takes any value."""

    name: str
    kind: Kind | None
    default: Node | None
    choices: tuple[Value, ...] | None
    span: Span


class NoFitError(ValueError):
    """A value is not of a variable's type, or not among its choices."""


@dataclass(frozen=True, slots=True)
class Declarations:
    """The declared variables, what `--var` gives some of them, and what is wrong with both."""

    variables: AnyMapping[str, Variable]
    given: AnyMapping[str, Value]
    problems: tuple[Diagnostic, ...]

    def plain(self) -> dict[str, Value]:
        """Return the values that no row changes: those given, and defaults without templates."""
        defaults = {
            name: of_node(one.default)
            for name, one in self.variables.items()
            if one.default is not None
        }
        return {**defaults, **self.given}


def declare(node: Node | None, given: AnyMapping[str, str]) -> Declarations:
    """Read the key `variables`, and what the command line says of them."""
    variables, wrong = declared(node)
    values, unknown = given_values(given, variables)
    return Declarations(variables, values, (*wrong, *unknown))


def declared(node: Node | None) -> tuple[dict[str, Variable], list[Diagnostic]]:
    """Read the declarations of variables."""
    if node is None:
        return {}, []
    if not isinstance(node, Mapping):
        help_text = "write it like `variables: {offer: {type: string, default: 2 for 1}}`"
        return {}, [
            _error(VARIABLES_SHAPE, "`variables` maps names to types", node.span, help_text)
        ]
    found: dict[str, Variable] = {}
    problems: list[Diagnostic] = []
    for entry in node.entries:
        name = str(entry.key.value)
        if not is_name(name) or name in _RESERVED:
            help_text = "use letters, digits and `_`, and none of `row`, `group`, `loop`"
            message = f"`{name}` cannot be a variable's name"
            problems.append(_error(VARIABLES_SHAPE, message, entry.key.span, help_text))
            continue
        variable, wrong = _variable(name, entry.key.span, entry.value)
        found[name] = variable
        problems += wrong
    return found, problems


def _variable(name: str, span: Span, node: Node) -> tuple[Variable, list[Diagnostic]]:
    if not isinstance(node, Mapping):
        message, help_text = "a variable is a mapping", f"write it like `{name}: {{default: …}}`"
        unmapped = _error(VARIABLES_SHAPE, message, node.span, help_text)
        return Variable(name, None, node, None, span), [unmapped]
    problems = [
        _error(
            VARIABLES_SHAPE,
            f"a variable has no `{entry.key.value}`",
            entry.key.span,
            suggest(str(entry.key.value), _KEYS, "keys"),
        )
        for entry in node.entries
        if entry.key.value not in _KEYS
    ]
    kind, wrong = _kind(node.get("type"))
    choices = node.get("choices")
    if choices is not None and not isinstance(choices, Sequence):
        message = "`choices` is a list of values"
        problems.append(_error(VARIABLES_SHAPE, message, choices.span, "write `choices: [a, b]`"))
    values = of_node(choices) if isinstance(choices, Sequence) else None
    listed = values if isinstance(values, tuple) else None
    return Variable(name, kind, node.get("default"), listed, span), problems + wrong


def _kind(node: Node | None) -> tuple[Kind | None, list[Diagnostic]]:
    if node is None:
        return None, []
    text = str(node.value) if isinstance(node, Scalar) else ""
    if text in set(Kind):
        return Kind(text), []
    help_text = suggest(text, list(Kind), "types")
    return None, [_error(VARIABLES_SHAPE, f"`{text}` is no type", node.span, help_text)]


def given_values(
    given: AnyMapping[str, str], variables: AnyMapping[str, Variable]
) -> tuple[dict[str, Value], list[Diagnostic]]:
    """Read what `--var` says; it has no place in a file."""
    found: dict[str, Value] = {}
    problems: list[Diagnostic] = []
    for name, text in given.items():
        variable = variables.get(name)
        if variable is None:
            message = f"`--var {name}=…` names no variable of this storyboard"
            help_text = suggest(name, variables, "variables") or "declare it under `variables`"
            problems.append(_error(UNKNOWN_VARIABLE, message, None, help_text))
            continue
        try:
            found[name] = fitted(variable, text)
        except NoFitError as error:
            help_text = "give it a value of its type, and one of its choices"
            problems.append(_error(VALUE_KIND, f"`--var {name}`: {error}", None, help_text))
    return found, problems


def fitted(variable: Variable, value: Value) -> Value:
    """Return the value in the variable's type; NoFitError where it is not of it."""
    converted = _converted(variable.kind, value)
    if variable.choices is not None and token(converted) not in map(token, variable.choices):
        listed = ", ".join(f"`{_shown(one)}`" for one in variable.choices)
        near = suggest(_shown(converted), [_shown(one) for one in variable.choices], "choices")
        extra = f"; {near}" if near and near.startswith("did") else ""
        raise NoFitError(f"`{_shown(converted)}` is none of {listed}{extra}")
    return converted


def _converted(kind: Kind | None, value: Value) -> Value:
    if kind is None or kind_of(value) == kind:
        return value
    match kind, value:
        case Kind.STRING, bool() | int() | Decimal():
            return text_of(value)
        case ((Kind.INTEGER | Kind.NUMBER), str()):
            return _number(kind, value)
        case Kind.NUMBER, int() if not isinstance(value, bool):
            return value
        case Kind.BOOLEAN, str() if value.strip().lower() in _YES | _NO:
            return value.strip().lower() in _YES
        case _:
            raise NoFitError(f"`{_shown(value)}` is {a_kind(value)}, and {kind} is asked for")


def _number(kind: Kind, text: str) -> Value:
    try:
        number = Decimal(text.strip())
    except InvalidOperation:
        help_text = "; leave the type out and read it with `| price`" if text.strip() else ""
        raise NoFitError(f"`{_shown(text)}` is no {kind}{help_text}") from None
    if not number.is_finite() or abs(number.adjusted()) > _MAX_PLACES:
        raise NoFitError(f"`{_shown(text)}` is no {kind}")
    if number == number.to_integral_value() and "." not in text:
        return int(number)
    if kind is Kind.INTEGER:
        raise NoFitError(f"`{_shown(text)}` is no whole number")
    return number


_MAX_PLACES = 100
_MAX_SHOWN = 40


def _shown(value: Value) -> str:
    text = "…" if isinstance(value, tuple | AnyMapping) else text_of(value)
    return text if len(text) <= _MAX_SHOWN else f"{text[: _MAX_SHOWN - 1]}…"


def _error(code: Code, message: str, span: Span | None, help_text: str | None) -> Diagnostic:
    return Diagnostic(code, Severity.ERROR, message, span, help_text)
