"""Two thousand fuzzed cases: no traceback, none over 5 s of CPU, every diagnostic with a place.

`make fuzz` runs twenty thousand. `python tests/fuzz --replay FILE` runs one that was kept.
"""

from collections import Counter
from pathlib import Path

import pytest
from fuzz_case import STORYBOARDS, Kind, kind_of, read
from fuzz_run import MAIN, drawn, run

SEED, CASES, LOTS = 7, 2000, 20


@pytest.mark.parametrize("lot", range(LOTS))
def test_nothing_that_is_put_in_breaks_the_program(lot: int, tmp_path: Path) -> None:
    ran = [run(drawn(SEED, number)) for number in range(lot, CASES, LOTS)]
    wrong = {str(one.case.write(tmp_path, one.why)): one.why for one in ran if one.why}
    assert wrong == {}


def test_every_kind_has_its_fifth() -> None:
    kinds = Counter(kind_of(number) for number in range(CASES))
    assert kinds == dict.fromkeys(Kind, CASES // 5)


def test_half_of_the_storyboards_reach_packing() -> None:
    numbers = [one for one in range(400) if kind_of(one) in STORYBOARDS]
    packed = sum(run(drawn(SEED, number)).packed for number in numbers)
    assert packed >= len(numbers) / 2


@pytest.mark.parametrize("number", range(len(Kind)))
def test_a_case_is_the_same_each_time_and_can_be_kept(number: int, tmp_path: Path) -> None:
    case = drawn(SEED, number)
    assert case == drawn(SEED, number)
    assert read(case.write(tmp_path, "it failed")) == case


def test_a_fault_is_found() -> None:
    case = drawn(SEED, 0)
    assert "UnicodeDecodeError" not in run(case).why
    case.parts.pop(MAIN)
    assert "KeyError" in run(case).why
