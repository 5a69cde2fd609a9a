"""Who renders, by what was asked for, the keys that there are, and what is left to do."""

import pytest

from storyboard.session.backend_choice import (
    ANIMATIC,
    CHOICES,
    FAL,
    NONE,
    PROVIDERS,
    REHEARSAL,
    Backend,
    chosen,
)


def test_what_is_asked_for_is_taken_and_else_the_first_provider_with_a_key() -> None:
    assert chosen("animatic", {"FAL_KEY": "a:b"}) is ANIMATIC
    assert chosen(None, {}) is ANIMATIC
    assert chosen(None, {"FAL_KEY": ""}) is ANIMATIC
    assert chosen(None, {"FAL_KEY": "a:b"}) is FAL
    assert chosen("emulator", {}) is REHEARSAL


@pytest.mark.parametrize("backend", PROVIDERS)
def test_each_provider_has_a_key_and_keeps_its_clips_where_all_do(backend: Backend) -> None:
    choice = CHOICES[backend]
    assert backend.key == f"{backend.value.upper()}_KEY"
    assert choice.charges
    assert choice.provider is backend
    assert (choice.folder, choice.suffix) == (NONE.folder, "")


def test_a_rehearsal_plays_fal_and_what_is_drawn_asks_nobody() -> None:
    assert REHEARSAL.provider is Backend.FAL
    assert REHEARSAL.charges
    assert REHEARSAL.folder != FAL.folder
    assert ANIMATIC.provider is None
    assert not ANIMATIC.charges
    assert not NONE.charges
