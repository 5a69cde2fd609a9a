"""The text of a lock: letter by letter, and the same for the same value."""

from dataclasses import replace
from datetime import datetime, timedelta, timezone
from decimal import Decimal
from fractions import Fraction

import pytest
import yaml
from lock_values import WHEN, entry, picked, sha, whole

from storyboard.lock.decision import Decision
from storyboard.lock.lock_text import length_text, plain, price_text, quoted, text, time_text
from storyboard.lock.locked import Lock, LockedClips
from storyboard.model import Usd

WRITTEN = f"""\
# Which take of each shot the film shows, and who approved it.
# storyboard writes this file: commit it. Comments of your own are not kept.
# How to read it, and what to do after a merge conflict: docs/lock.md
version: 1
clips: paid
shots:
  - shot: a/one
    kind: prompt
    pick:
      take: 2
      clip: {sha("clip", "a/one", 2)}
      at: 3s
      used: 2.5s
      endpoint: fal-ai/kling-video/v3/turbo/pro/text-to-video
      request: "request-a/one-2"
      price: 1.68 USD
      job: {sha("job", "a/one")}
      rendering: 2
      size: 4200000
      length: 289/24s
      asks: {sha("asks", "a/one")}
      by: "Mara Lind"
      when: 2026-11-28T15:05:44Z
    # end of a/one

  - shot: a/two
    kind: prompt
    # end of a/two

files: []
libraries: {{}}
"""


def test_a_lock_is_written_letter_by_letter() -> None:
    lock = Lock((entry("a/one", Decision(picked("a/one", 2))), entry("a/two")))
    assert text(lock) == WRITTEN


def test_an_empty_lock_is_written() -> None:
    assert text(Lock()).splitlines()[3:] == [
        "version: 1",
        "clips: paid",
        "shots: []",
        "files: []",
        "libraries: {}",
    ]


def test_a_rehearsal_says_so_in_its_first_line() -> None:
    assert text(Lock(clips=LockedClips.REHEARSAL)).startswith("# REHEARSAL: ")


def test_other_readers_of_yaml_read_it() -> None:
    loaded = yaml.safe_load(text(whole()))
    assert [one["shot"] for one in loaded["shots"]][-1] == "b/街"
    assert loaded["shots"][0]["overrides"][0]["film"] == "anna"
    assert loaded["shots"][2]["approval"]["why"] == "too dark: #1\n"
    assert loaded["shots"][2]["approval"]["by"] == 'Ada "A" \u2028'


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        ("a/b", "a/b"),
        ("a/b@9:16", "a/b@9:16"),
        ("fal-ai/kling-video/v3/pro", "fal-ai/kling-video/v3/pro"),
        ("no", '"no"'),
        ("1/2", '"1/2"'),
        ("a/b:", '"a/b:"'),
        ("a/b #c", '"a/b #c"'),
        ("-a/b", '"-a/b"'),
        ("b/街", '"b/街"'),
        ("", '""'),
    ],
)
def test_a_text_has_quotes_if_it_needs_them(words: str, wanted: str) -> None:
    assert plain(words) == wanted


def test_what_no_file_may_hold_becomes_a_sign_and_what_is_not_seen_is_escaped() -> None:
    assert quoted("a\u0085\u2028\ufeff\n") == '"a\\u0085\\u2028\\ufeff\\n"'
    assert quoted("a\udc80\x1f\x7f") == '"a\ufffd\ufffd\ufffd"'


def test_values_are_exact() -> None:
    assert [length_text(Fraction(one)) for one in ("3", "2.5", "125/24")] == [
        "3s",
        "2.5s",
        "125/24s",
    ]
    assert price_text(Usd(Decimal("1.568"))) == "1.568 USD"
    there = datetime(2026, 11, 28, 17, 5, 44, tzinfo=timezone(timedelta(hours=2)))
    assert time_text(there) == time_text(WHEN) == "2026-11-28T15:05:44Z"


def test_the_end_of_an_entry_is_one_line() -> None:
    lock = Lock((replace(entry("a/b"), name="a/\n- x"),))  # type: ignore[arg-type]
    assert "    # end of a/\\n- x\n" in text(lock)
