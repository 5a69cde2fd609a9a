"""Names as disks see them."""

import pytest

from storyboard.model.file_name import as_on_disk, is_device


@pytest.mark.parametrize(
    ("one", "other"),
    [("Café", "cafe\u0301"), ("が", "か\u3099"), ("STRASSE", "straße"), ("Å", "\u212b")],
)
def test_what_some_disk_takes_for_one_is_one(one: str, other: str) -> None:
    assert as_on_disk(one) == as_on_disk(other)


def test_other_names_are_others() -> None:
    assert len({as_on_disk(one) for one in ("cafe", "café", "cafè", "か", "が")}) == 5


@pytest.mark.parametrize("name", ["CON", "nul", "Aux.tall", "com1", "LPT9", "com¹.x", "con "])
def test_devices_of_windows_are_known(name: str) -> None:
    assert is_device(name)


@pytest.mark.parametrize("name", ["console", "com10", "com", "com0", "my.con", ""])
def test_other_names_are_no_devices(name: str) -> None:
    assert not is_device(name)
