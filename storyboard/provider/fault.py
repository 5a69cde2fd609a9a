"""Why there is no result, and what that cost."""

from dataclasses import dataclass
from enum import StrEnum


class Charge(StrEnum):
    """Whether a fault cost money: surely not, perhaps, or surely."""

    NONE = "none"
    POSSIBLE = "possible"
    PAID = "paid"


@dataclass(frozen=True, slots=True)
class Fault:
    """Why there is no result: a code with a page, what happened, what to do, what it cost.

    `again` says that the same request may well succeed another time.
    """

    code: str
    message: str
    help: str
    charge: Charge
    again: bool = False
