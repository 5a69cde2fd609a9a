"""Name the columns of a campaign's table of checks."""

from enum import StrEnum


class Column(StrEnum):
    """What a check of a campaign is about, in the order of the table; `other` has the rest."""

    CELLS = "cells"
    PRICES = "prices"
    CAPTIONS = "captions"
    NAMES = "names"
    FILES = "files"
    MODELS = "models"
    TIME = "time"
    SPEECH = "speech"
    TITLES = "titles"
    OTHER = "other"
