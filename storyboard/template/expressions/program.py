"""A scalar's text to a program: compiled once, run with names, telling which names it reads."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TypeAlias

from jinja2 import Undefined, nodes
from jinja2.environment import Template, TemplateExpression
from jinja2.exceptions import TemplateError, TemplateSyntaxError

from storyboard.source import find_half, whole_characters
from storyboard.template.codes import FAILED, NOT_A_SCALAR, SYNTAX, TOO_MUCH
from storyboard.template.expressions.failure import Failure, RenderError
from storyboard.template.expressions.grammar import check_grammar
from storyboard.template.expressions.meter import bounded
from storyboard.template.expressions.names import reads_of
from storyboard.template.expressions.reads import Reads, is_template
from storyboard.template.expressions.sandbox import Missing, Sandbox
from storyboard.template.expressions.unclosed import find_unclosed
from storyboard.template.expressions.value import Atom, Value, a_kind

_PIECE = re.compile(r"\{\{.*?\}\}", re.DOTALL)
_MAX_SOURCE = 20_000
_BEFORE = "{{ "
Names: TypeAlias = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Answer:
    """A value, and the texts in it that could have been read in another way."""

    value: Value
    doubts: tuple[Failure, ...] = ()

    @property
    def atom(self) -> Atom:
        """Return a value that a scalar can hold; RenderError for a list or a map."""
        if self.value is None or isinstance(self.value, str | int | Decimal):
            return self.value
        raise RenderError(
            Failure(
                NOT_A_SCALAR,
                f"{a_kind(self.value)} cannot stand here: a value never changes the structure",
                'repeat a scene or shot with `each`, pick one item, or `| join(", ")`',
            )
        )


@dataclass(frozen=True, slots=True)
class Program:
    """A compiled text, and what it reads. `shift` is where its text begins in the one compiled."""

    text: str
    reads: Reads
    sandbox: Sandbox
    work: Callable[[Names], object]

    def value(self, names: Names) -> Value:
        """Return the value for these names; RenderError where there is none."""
        return self.answer(names).value

    def answer(self, names: Names) -> Answer:
        """Return the value for these names with its doubts; RenderError where there is none."""
        self.sandbox.meter.reset()
        self.sandbox.prices.doubts.clear()
        try:
            value = _settled(self.work(names))
            return Answer(value, tuple(dict.fromkeys(self.sandbox.prices.doubts)))
        except RenderError as error:
            raise error if error.failure.start is not None else self._placed(error, names) from None
        except RecursionError:
            raise RenderError(_TOO_DEEP) from None
        except (
            TypeError, ValueError, LookupError, ArithmeticError, AttributeError, TemplateError,
        ) as error:  # fmt: skip
            # Whatever an expression raises is a mistake in the storyboard, not in the program.
            failure = Failure(FAILED, f"this expression has no value: {error}")
            raise self._placed(RenderError(failure), names) from error

    def atom(self, names: Names) -> Atom:
        """Return a value that a scalar can hold; RenderError for a list or a map."""
        return self.answer(names).atom

    def _placed(self, error: RenderError, names: Names) -> RenderError:
        """Find which `{{ … }}` of several has no value, by running each alone."""
        pieces = list(_PIECE.finditer(self.text))
        if "{%" in self.text or len(pieces) < 2:  # noqa: PLR2004 - one needs no search
            return RenderError(_at(error.failure, pieces[0])) if len(pieces) == 1 else error
        for piece in pieces:
            try:
                Compiler(self.sandbox).text(f"{piece[0]}.").work(names)
            except (RenderError, ArithmeticError, TypeError, ValueError, LookupError):
                return RenderError(_at(error.failure, piece))
        return error


class Compiler:
    """Compiles each distinct text once. Its sandbox runs one expression at a time."""

    def __init__(self, sandbox: Sandbox | None = None) -> None:
        """Begin with nothing compiled."""
        self._sandbox = sandbox or Sandbox()
        self.prices = self._sandbox.prices
        self._programs: dict[str, Program | Failure] = {}

    def text(self, text: str) -> Program:
        """Compile a text with `{{ … }}` in it; RenderError where it cannot be."""
        if text not in self._programs:
            self._programs[text] = self._tried(text, text)
        return _program(self._programs[text])

    def expression(self, text: str) -> Program:
        """Compile a bare expression, or one in `{{ … }}`; RenderError where it cannot be."""
        if is_template(text):
            return self.text(text)
        whole = f"{_BEFORE}{text} }}}}"
        if whole not in self._programs:
            self._programs[whole] = self._tried(whole, text)
        return _program(self._programs[whole])

    def _tried(self, whole: str, shown: str) -> Program | Failure:
        try:
            return self._compiled(whole, shown)
        except RenderError as error:
            return error.failure
        except ValueError:
            return Failure(SYNTAX, "a number in this expression has too many digits")
        except TemplateSyntaxError as error:
            return _syntax(shown, str(error.message), self._sandbox)
        except (SyntaxError, RecursionError, MemoryError):
            # Deep nesting breaks Jinja's parser or Python's own.
            return _TOO_DEEP

    def _compiled(self, whole: str, shown: str) -> Program:
        if len(whole) > _MAX_SOURCE:
            message = f"a text with expressions has at most {_MAX_SOURCE:,} characters"
            raise RenderError(Failure(TOO_MUCH, message))
        tree = self._sandbox.parse(whole)
        check_grammar(tree, self._sandbox.filters, self._sandbox.tests)
        reads = reads_of(tree)
        inner = _only_expression(tree)
        if inner is None and whole != shown:
            raise RenderError(Failure(SYNTAX, "this is more than one expression"))
        if inner is None:
            return Program(shown, reads, self._sandbox, _Writer(self._sandbox.from_string(tree)))
        assigned = nodes.Assign(nodes.Name("result", "store"), inner, lineno=1)
        whole_tree = nodes.Template([assigned], lineno=1)
        whole_tree.set_environment(self._sandbox)
        template = self._sandbox.from_string(whole_tree)
        return Program(shown, reads, self._sandbox, TemplateExpression(template, False))  # noqa: FBT003 - Jinja's signature


class _Writer:
    """Writes a text piece by piece, and stops where it grows too long."""

    __slots__ = ("_template",)

    def __init__(self, template: Template) -> None:
        self._template = template

    def __call__(self, names: Names) -> str:
        text = ""
        for piece in self._template.root_render_func(self._template.new_context(dict(names))):
            text = bounded(text + piece)
        return text


_TOO_DEEP = Failure(TOO_MUCH, "this expression is nested too deep", "split it into variables")


def _program(found: Program | Failure) -> Program:
    if isinstance(found, Failure):
        raise RenderError(found)
    return found


def _only_expression(tree: nodes.Template) -> nodes.Expr | None:
    """Return the expression of a text that has one and only spaces around it."""
    outputs = [part for part in tree.body if isinstance(part, nodes.Output)]
    if len(outputs) != len(tree.body):
        return None
    parts = [
        part
        for output in outputs
        for part in output.nodes
        if not (isinstance(part, nodes.TemplateData) and not part.data.strip())
    ]
    one = parts[0] if len(parts) == 1 else None
    return None if isinstance(one, nodes.TemplateData) else one


def _settled(value: object) -> Value:
    """Bring what an expression returned into the values of this room."""
    match value:
        case Missing():
            str(value)  # raises in its own words
            return None
        case Undefined():  # what an `if` without `else` leaves
            return ""
        case None | bool() | int() | Decimal() | str():
            return _text(value) if isinstance(value, str) else value
        case float():
            return Decimal(repr(value))
        case Mapping():
            return {_text(str(key)): _settled(inner) for key, inner in value.items()}
        case _ if callable(value):
            raise RenderError(Failure(FAILED, "this is a method, and is not called: add `()`"))
        case _:
            return tuple(_settled(item) for item in value)  # type: ignore[attr-defined]


def _text(value: str) -> str:
    """Return a text of whole characters: escapes in an expression can make half of one."""
    if value.isascii():
        return value
    text = whole_characters(value)
    if half := find_half(text):
        message = f"this expression makes U+{ord(half):04X}, which is half a character"
        raise RenderError(Failure(FAILED, message, "write the character itself"))
    return text


def _at(failure: Failure, piece: re.Match[str]) -> Failure:
    return replace(failure, start=piece.start(), length=len(piece[0]))


def _syntax(text: str, message: str, sandbox: Sandbox) -> Failure:
    """Say what Jinja could not read, and in which `{{ … }}`."""
    if (unclosed := find_unclosed(text)) is not None:
        return unclosed
    failure = Failure(
        SYNTAX,
        f"this expression cannot be read: {message}",
        "an expression looks like `{{ name }}` or `{{ name | filter }}`; write braces that "
        "mean themselves as `{{ '{{' }}`",
    )
    pieces = list(_PIECE.finditer(text))
    if not pieces:
        start = max(text.rfind("{{"), text.rfind("{%"))
        return failure if start < 0 else replace(failure, start=start, length=2)
    for piece in pieces:
        try:
            sandbox.parse(piece[0])
        except TemplateSyntaxError:
            return _at(failure, piece)
    return failure
