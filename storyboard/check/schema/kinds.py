"""A value to its kind, in the words of JSON Schema."""

from decimal import Decimal

from storyboard.source import Mapping, Node, Scalar, Sequence


def kind_of(node: Node) -> str:
    """Name a node's kind; a whole number is an `integer`, however it is written."""
    match node:
        case Mapping():
            return "object"
        case Sequence():
            return "array"
        case Scalar(value=str()):
            return "string"
        case Scalar(value=bool()):
            return "boolean"
        case Scalar(value=None):
            return "null"
        case Scalar(value=value):
            return "integer" if is_integer(value) else "number"


def is_integer(value: object) -> bool:
    """Tell whether a value is a whole number: `2.0` is one."""
    match value:
        case bool():
            return False
        case int():
            return True
        case Decimal():
            return value == value.to_integral_value()
        case _:
            return False


def is_number(value: object) -> bool:
    """Tell whether a value is a number; a truth value is none."""
    return isinstance(value, int | Decimal) and not isinstance(value, bool)
