"""A price and what was asked, to money."""

from typing import assert_never

from storyboard.catalogue.endpoint import FirstThenPerSecond, Mode, PerCall, PerSecond, Price
from storyboard.model import Usd


def cost(price: Price, mode: Mode, seconds: int, videos: int = 0) -> Usd | None:
    """Return what so many seconds in that mode cost; None if that has no price, or none is known.

    `videos` is how many elements are shown by a video.
    """
    match price:
        case PerSecond(rates, with_video):
            rate = (rates if with_video is None or not videos else with_video).get(mode)
            return None if rate is None else Usd(rate * seconds)
        case FirstThenPerSecond(first_seconds, first, rate):
            return Usd(first + rate * max(0, seconds - first_seconds))
        case PerCall(amount):
            return amount
        case _:
            assert_never(price)
