"""Names of providers and labels of accounts: old rows are known again, other ones are not."""

import pytest

from storyboard.backends.fal import FAL, REHEARSED
from storyboard.backends.fal.facts import facts_at
from storyboard.provider import Account, account_label


@pytest.mark.parametrize(
    ("queue", "name"),
    [
        ("https://queue.fal.run", "fal"),
        ("https://queue.falrun.com", "fal"),
        ("http://[::1]:8801", "fal at http://[::1]:8801"),
        ("http://127.0.0.1:8801", "fal at http://127.0.0.1:8801"),
        ("https://queue.fal.run.evil.test", "fal at https://queue.fal.run.evil.test"),
    ],
)
def test_fal_is_one_provider_and_another_queue_is_known_by_its_address(
    queue: str, name: str
) -> None:
    facts = facts_at(queue)
    assert facts.name == name
    # What earlier versions wrote was the address.
    assert facts.is_called(queue)
    assert facts.is_called(name)


def test_neither_takes_the_other_for_itself() -> None:
    here = facts_at("http://127.0.0.1:8801")
    for other in ("fal", "https://queue.fal.run", "emulator", "http://127.0.0.1:8802"):
        assert not here.is_called(other)
    for other in (
        "emulator",
        "http://127.0.0.1:8801",
        here.name,
        "https://queue.fal.run.evil.test",
    ):
        assert not FAL.is_called(other)


def test_a_rehearsal_is_one_account_whatever_port_it_had() -> None:
    assert REHEARSED.is_called("emulator")
    assert REHEARSED.is_called("http://127.0.0.1:40001")
    assert not REHEARSED.is_called("https://queue.fal.run")
    assert not REHEARSED.is_called("fal")


@pytest.mark.parametrize(
    ("label", "recorded", "has"),
    [
        (None, None, True),
        ("agency", None, True),
        ("agency", "agency", True),
        ("client", "agency", False),
        (None, "agency", False),
    ],
)
def test_a_label_is_compared_where_one_was_recorded(
    label: str | None,
    recorded: str | None,
    has: bool,  # noqa: FBT001 - a row of the table
) -> None:
    assert Account(FAL, label).has("fal", recorded) is has
    assert not Account(REHEARSED, label).has("fal", recorded)


def test_the_environment_wins_over_the_project() -> None:
    assert account_label({}) is None
    assert account_label({}, "agency") == "agency"
    assert account_label({"STORYBOARD_ACCOUNT": " client "}, "agency") == "client"
    assert account_label({"STORYBOARD_ACCOUNT": " "}, "agency") == "agency"
