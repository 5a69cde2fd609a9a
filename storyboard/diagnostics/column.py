"""Name the columns of a campaign's table of checks."""

from enum import StrEnum


class Column(StrEnum):
    """What a check of a campaign is about, in the order of the table; `other` has the rest.

    `storyboard` is not shown: what is in it is found once, and marks no film.
    """

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
    STORYBOARD = "storyboard"
