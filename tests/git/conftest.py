"""Git without the settings of whoever runs the tests."""

import pytest
from repositories import PLAIN


@pytest.fixture(autouse=True)
def plain(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in PLAIN.items():
        monkeypatch.setenv(name, value)
