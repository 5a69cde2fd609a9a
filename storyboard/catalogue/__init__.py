"""What each endpoint takes, at most, and costs: one data file an endpoint."""

from storyboard.catalogue.endpoint import Catalogue, Endpoint, EndpointId, Price
from storyboard.catalogue.load import load
from storyboard.catalogue.price import cost

__all__ = ["Catalogue", "Endpoint", "EndpointId", "Price", "cost", "load"]
