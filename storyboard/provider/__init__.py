"""What a provider is asked and answers, and the port that every backend for money has."""

from storyboard.provider import answer
from storyboard.provider.facts import ACCOUNT, Account, ProviderFacts, account_label, named
from storyboard.provider.fault import Charge, Fault
from storyboard.provider.port import Access, NotReady, Provider
from storyboard.provider.ticket import Addresses, Media, Product, RequestId, Ticket, VoiceMade

__all__ = [
    "ACCOUNT",
    "Access",
    "Account",
    "Addresses",
    "Charge",
    "Fault",
    "Media",
    "NotReady",
    "Product",
    "Provider",
    "ProviderFacts",
    "RequestId",
    "Ticket",
    "VoiceMade",
    "account_label",
    "answer",
    "named",
]
