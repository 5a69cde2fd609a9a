"""YAML text to nodes that know their place."""

from storyboard.source.events import Parser
from storyboard.source.limits import LIMITS, Limits
from storyboard.source.node import Document, Entry, Mapping, Node, Route, Scalar, Sequence, at
from storyboard.source.read import BEGIN, read
from storyboard.source.text import as_text

__all__ = [
    "BEGIN",
    "LIMITS",
    "Document",
    "Entry",
    "Limits",
    "Mapping",
    "Node",
    "Parser",
    "Route",
    "Scalar",
    "Sequence",
    "as_text",
    "at",
    "read",
]
