"""A scenario file into a scenario, with all that is wrong in it."""

from storyboard.diagnostics import Result
from storyboard.emulator.fault import Checking, Listing, On, Rule, Scenario
from storyboard.emulator.values import (
    MISFIT,
    MISSING,
    WRONG,
    Found,
    Values,
    count,
    counts,
    part,
    say,
    texts,
    values_of,
    whole,
)
from storyboard.emulator.words import ALL_KEYS, FAULTS, Word
from storyboard.source import Document, Node, Scalar, Sequence
from storyboard.source import Mapping as MappingNode

BEGIN = "begin it with `scenario: 1`"
TOP = ("scenario", "title", "seed", "account", "rules")
ACCOUNT = ("concurrency", "bad_keys", "checking", "list")
LIST = ("delay", "running", "defaults")
RULE = ("on", "endpoint", "prompt", "nth", "first", "every", "chance", "fault")


def lower(document: Document) -> Result[Scenario]:
    """Read a scenario from a document; it has a value only where nothing is wrong."""
    found: Found = []
    top = values_of(document.root, TOP, found)
    if top.one("scenario", 0, count, "1") != 1:
        say(found, MISSING, "this is no scenario of version 1", document.root.span, BEGIN)
    top.text("title")
    account = top.under("account", ACCOUNT)
    listing = account.under("list", LIST)
    running = "running" not in listing.nodes or listing.yes("running")
    scenario = Scenario(
        seed=top.one("seed", 0, whole, "a whole number"),
        concurrency=account.count("concurrency"),
        bad_keys=account.one("bad_keys", (), texts, "a list of texts"),
        listing=Listing(listing.seconds("delay", 0.0), running, listing.yes("defaults")),
        checking=Checking(account.choice("checking", Checking.RESULT, tuple(Checking))),
        rules=_rules(top),
    )
    return Result(None if found else scenario, tuple(found))


def _rules(top: Values) -> tuple[Rule, ...]:
    node = top.nodes.get("rules")
    if node is None:
        return ()
    if not isinstance(node, Sequence):
        help_ = "begin each rule with `- on: …`"
        say(top.found, WRONG, "`rules` is not a list", node.span, help_)
        return ()
    return tuple(rule for item in node.items if (rule := _rule(item, top.found)) is not None)


def _rule(node: Node, found: Found) -> Rule | None:
    word = _word(node)
    values = values_of(node, (*RULE, *(word.keys if word else ALL_KEYS)), found)
    for key in ("on", "fault"):
        if isinstance(node, MappingNode) and node.get(key) is None:
            say(found, MISSING, f"a rule without `{key}`", node.span, f"add `{key}: …`")
    on = values.choice("on", "", tuple(On))
    name = values.choice("fault", "", tuple(FAULTS))
    if word is None or not on:
        return None
    if on not in word.on:
        help_ = f"it happens on {', '.join(f'`{one}`' for one in word.on)}"
        say(found, MISFIT, f"`{name}` cannot happen on `{on}`", values.nodes["on"].span, help_)
    fault = word.read(values)
    if fault is None:
        return None
    return Rule(
        on=On(on),
        fault=fault,
        endpoint=values.text("endpoint"),
        prompt=values.text("prompt"),
        nth=values.one("nth", (), counts, "a whole number of 1 or more, or a list of them"),
        first=values.count("first"),
        every=values.count("every"),
        chance=values.one("chance", None, part, "a number from 0 to 1"),
    )


def _word(node: Node) -> Word | None:
    fault = node.get("fault") if isinstance(node, MappingNode) else None
    return FAULTS.get(str(fault.value)) if isinstance(fault, Scalar) else None
