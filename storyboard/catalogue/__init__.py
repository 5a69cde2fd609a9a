"""What each endpoint takes, at most, and costs: one data file an endpoint."""

from storyboard.catalogue.editions import Editions
from storyboard.catalogue.endpoint import Catalogue, EditionId, Endpoint, EndpointId, Price, gather
from storyboard.catalogue.load import load, packaged, priced
from storyboard.catalogue.price import cost

__all__ = [
    "Catalogue",
    "EditionId",
    "Editions",
    "Endpoint",
    "EndpointId",
    "Price",
    "cost",
    "gather",
    "load",
    "packaged",
    "priced",
]
