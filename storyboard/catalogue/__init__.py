"""What each endpoint takes, at most, and costs: one data file an endpoint."""

from storyboard.catalogue.earlier_editions import completed, earlier, of_models
from storyboard.catalogue.editions import Editions
from storyboard.catalogue.endpoint import (
    Catalogue,
    Dialect,
    DurationForm,
    EditionId,
    ElementsField,
    Endpoint,
    EndpointId,
    FirstThenPerSecond,
    ImageLimits,
    Mode,
    NumberField,
    PerCall,
    PerSecond,
    Price,
    ShotsField,
    TextField,
    VideoEndpoint,
    VoiceEndpoint,
    VoicePassing,
    VoicesField,
    gather,
)
from storyboard.catalogue.loading import load, packaged, priced
from storyboard.catalogue.price import cost
from storyboard.catalogue.prices import WRONG_PRICE, read_prices
from storyboard.catalogue.writing import read, write

__all__ = [
    "WRONG_PRICE",
    "Catalogue",
    "Dialect",
    "DurationForm",
    "EditionId",
    "Editions",
    "ElementsField",
    "Endpoint",
    "EndpointId",
    "FirstThenPerSecond",
    "ImageLimits",
    "Mode",
    "NumberField",
    "PerCall",
    "PerSecond",
    "Price",
    "ShotsField",
    "TextField",
    "VideoEndpoint",
    "VoiceEndpoint",
    "VoicePassing",
    "VoicesField",
    "completed",
    "cost",
    "earlier",
    "gather",
    "load",
    "of_models",
    "packaged",
    "priced",
    "read",
    "read_prices",
    "write",
]
