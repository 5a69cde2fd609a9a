"""What a provider is asked and answers, and the port that every backend for money has."""

from storyboard.provider import answer
from storyboard.provider.fault import Charge, Fault
from storyboard.provider.port import Provider
from storyboard.provider.ticket import Media, Product, RequestId, Ticket, VoiceMade

__all__ = [
    "Charge",
    "Fault",
    "Media",
    "Product",
    "Provider",
    "RequestId",
    "Ticket",
    "VoiceMade",
    "answer",
]
