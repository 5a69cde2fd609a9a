"""A price and what was asked, to money."""

from typing import assert_never

from storyboard.catalogue.endpoint import FirstThenPerSecond, Mode, PerCall, PerSecond, Price
from storyboard.model import Usd


def cost(price: Price, mode: Mode, seconds: int) -> Usd | None:
    """Return what so many seconds in that mode cost; None where the mode has no price."""
    match price:
        case PerSecond(rates):
            rate = rates.get(mode)
            return None if rate is None else Usd(rate * seconds)
        case FirstThenPerSecond(first_seconds, first, rate):
            return Usd(first + rate * max(0, seconds - first_seconds))
        case PerCall(amount):
            return amount
        case _:
            assert_never(price)
