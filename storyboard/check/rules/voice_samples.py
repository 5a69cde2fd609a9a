"""Samples that no voice can be made from."""

from collections.abc import Iterator

from storyboard.check.finding import error
from storyboard.check.reading import child
from storyboard.check.rule import FRAME, rule
from storyboard.check.subject import FrameSubject
from storyboard.diagnostics import Code, Diagnostic
from storyboard.diagnostics.column import Column
from storyboard.model.asset import ClipFacts, LocalFile, SoundFacts
from storyboard.model.time import clock

CODE = Code("SB311")


@rule(FRAME, Column.FILES, CODE)
def voice_samples(subject: FrameSubject) -> Iterator[Diagnostic]:
    """Find voice samples that are too short, too long, or of a container that is not taken."""
    limits = subject.catalogue.voice
    for entry in subject.outline.voices.values():
        node = child(entry.value, "sample")
        match subject.file(node):
            case LocalFile(facts=SoundFacts() | ClipFacts(audio_codec=str()) as facts) if node:
                pass
            case _:
                continue
        if not limits.min_seconds <= facts.duration <= limits.max_seconds:
            message = f"the sample of `{entry.key.text}` is {clock(facts.duration)} long"
            help_ = f"give {limits.min_seconds} to {limits.max_seconds} s of one clean speaker"
            yield error(CODE, node, message, help_)
        if facts.container not in limits.containers:
            message = f"the sample of `{entry.key.text}` is {facts.container}"
            yield error(CODE, node, message, f"save it as one of {', '.join(limits.containers)}")
