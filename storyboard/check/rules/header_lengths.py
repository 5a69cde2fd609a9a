"""Find clips and sounds whose header says another length than they have."""

from collections.abc import Iterator

from storyboard.check.finding import note
from storyboard.check.played import played
from storyboard.check.rule import PART, rule
from storyboard.check.subject import PartSubject
from storyboard.diagnostics import Code, Column, Diagnostic
from storyboard.model import clock

CODE = Code("SB320")


@rule(PART, Column.FILES, CODE)
def header_lengths(subject: PartSubject) -> Iterator[Diagnostic]:
    """Find files that other programs may show shorter or longer than the film does."""
    for one in played(subject):
        facts = one.facts
        if facts.header is None:
            continue
        says = f"says that it is {clock(facts.header)} long" if facts.header else "gives no length"
        message = f"the header of `{one.file.value}` {says}, but it is {clock(facts.duration)} long"
        help_ = (
            "the film uses its real length; to mend the header, write the file again without "
            "encoding it: `ffmpeg -i OLD -c copy NEW`"
        )
        yield note(CODE, one.file, message, help_)
