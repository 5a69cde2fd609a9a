"""YAML text to nodes that know their place."""

from storyboard.source.codes import CODES
from storyboard.source.events import Parser
from storyboard.source.limits import LIMITS, Limits
from storyboard.source.node import Document, Entry, Mapping, Node, Route, Scalar, Sequence, at
from storyboard.source.piece import span_of_piece
from storyboard.source.reading import BEGIN, read
from storyboard.source.text import Lines, as_text, find_half, whole_characters

__all__ = [
    "BEGIN",
    "CODES",
    "LIMITS",
    "Document",
    "Entry",
    "Limits",
    "Lines",
    "Mapping",
    "Node",
    "Parser",
    "Route",
    "Scalar",
    "Sequence",
    "as_text",
    "at",
    "find_half",
    "read",
    "span_of_piece",
    "whole_characters",
]
