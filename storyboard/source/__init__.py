"""YAML text to nodes that know their place."""

from storyboard.source.codes import CODES
from storyboard.source.events import Parser
from storyboard.source.git_marks import (
    IS_POINTER,
    PULL,
    is_lfs_pointer,
    unfinished_merge,
)
from storyboard.source.limits import LIMITS, Limits
from storyboard.source.meant_path import did_you_mean
from storyboard.source.node import Document, Entry, Mapping, Node, Route, Scalar, Sequence, at
from storyboard.source.piece import span_of_piece
from storyboard.source.reading import BEGIN, read
from storyboard.source.scalar import meant_truth
from storyboard.source.text import Lines, as_text, find_half, whole_characters

__all__ = [
    "BEGIN",
    "CODES",
    "IS_POINTER",
    "LIMITS",
    "PULL",
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
    "did_you_mean",
    "find_half",
    "is_lfs_pointer",
    "meant_truth",
    "read",
    "span_of_piece",
    "unfinished_merge",
    "whole_characters",
]
