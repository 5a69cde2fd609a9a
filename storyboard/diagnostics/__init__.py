"""What is wrong with a storyboard, as values: spans, diagnostics, printers, and a page per code."""

from storyboard.diagnostics.cell_width import cells, harmless
from storyboard.diagnostics.column import Column
from storyboard.diagnostics.diagnostic import (
    Code,
    Diagnostic,
    Follows,
    Related,
    Result,
    Same,
    Severity,
    Span,
    has_errors,
    in_order,
    summary,
)
from storyboard.diagnostics.explain import Page, Stage, codes, page, parse_page
from storyboard.diagnostics.follow import Earlier, without_followers
from storyboard.diagnostics.machine import to_github, to_json, to_sarif
from storyboard.diagnostics.numbers import counted, decimal
from storyboard.diagnostics.spelling import nearest, shortened, suggest
from storyboard.diagnostics.text import ANSI, PLAIN, Palette, print_text

__all__ = [
    "ANSI",
    "PLAIN",
    "Code",
    "Column",
    "Diagnostic",
    "Earlier",
    "Follows",
    "Page",
    "Palette",
    "Related",
    "Result",
    "Same",
    "Severity",
    "Span",
    "Stage",
    "cells",
    "codes",
    "counted",
    "decimal",
    "harmless",
    "has_errors",
    "in_order",
    "nearest",
    "page",
    "parse_page",
    "print_text",
    "shortened",
    "suggest",
    "summary",
    "to_github",
    "to_json",
    "to_sarif",
    "without_followers",
]
