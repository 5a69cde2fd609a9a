"""A call and a scenario into the fault that the call meets, if any."""

import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase

from storyboard.emulator.fault import Fault, On, Rule, Scenario


@dataclass(frozen=True, slots=True)
class Call:
    """What a rule can look at: the kind of call, the endpoint and the prompts where known."""

    on: On
    endpoint: str = ""
    prompts: Sequence[str] = ()


class Chooser:
    """Counts the calls that each rule fits, and tells which fault one meets.

    The same calls in the same order meet the same faults: the lots are drawn from the
    scenario's seed, the rule's place and the count.
    """

    def __init__(self, scenario: Scenario) -> None:
        """Start with no calls counted."""
        self._scenario = scenario
        self._counts: Counter[int] = Counter()

    def choose(self, call: Call) -> Fault | None:
        """Return the fault of the first rule that the call meets.

        Every rule that fits counts the call, also behind one that already met it.
        """
        met: Fault | None = None
        for place, rule in enumerate(self._scenario.rules):
            if not fits(rule, call):
                continue
            self._counts[place] += 1
            if met is None and self._meets(place, rule):
                met = rule.fault
        return met

    def _meets(self, place: int, rule: Rule) -> bool:
        count = self._counts[place]
        if rule.nth and count not in rule.nth:
            return False
        if rule.first is not None and count > rule.first:
            return False
        if rule.every is not None and count % rule.every:
            return False
        if rule.chance is None:
            return True
        # Not for secrets: a night must be the same each time it is played.
        lot = random.Random(f"{self._scenario.seed}/{place}/{count}")  # noqa: S311
        return lot.random() < rule.chance


def fits(rule: Rule, call: Call) -> bool:
    """Tell whether a call is of the kind that a rule looks at."""
    if rule.on is not call.on:
        return False
    if rule.endpoint is not None and not fnmatchcase(call.endpoint, rule.endpoint):
        return False
    return rule.prompt is None or any(rule.prompt in one for one in call.prompts)
