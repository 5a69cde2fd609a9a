"""What a job asks for, to the digest it is known by and never paid twice for.

A digest is the SHA-256 of this canonical JSON, in UTF-8, keys sorted, no blanks:

    {"body":{…},"endpoint":"…","take":1,"version":1}

`body` is the request's body with local files as `asset:sha256:<content>`, the last frame of
another job as `frame:sha256:<digest>@<seconds>` and a created voice as `voice:sha256:<digest>`.
`take` is 1: how many takes there are is not in it. Earlier versions gave each further take a digest
of its own, with its number as `take`: by these, what they rendered is still known.
Titles, captions, ids, the order of jobs and the names of files are not in it. A change of this
form makes every user pay again for what they have: `version` is raised only when it must be.
"""

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction

from storyboard.catalogue import EndpointId
from storyboard.jobs.job import Body, FrameRef, JobDigest
from storyboard.jobs.wire_form import reference_text, shown

VERSION = 1


def digest(endpoint: EndpointId, body: Body, take: int) -> JobDigest:
    """Return the digest of a request; that of a take other than 1 is what it was once known by."""
    return digest_of_text(canonical(endpoint, body, take))


def canonical(endpoint: EndpointId, body: Body, take: int) -> str:
    """Write the canonical JSON of a request."""
    asked = {"version": VERSION, "endpoint": endpoint, "take": take, "body": shown(body)}
    return json.dumps(asked, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def digest_of_text(text: str) -> JobDigest:
    """Return the digest of canonical JSON that is at hand already."""
    return JobDigest(hashlib.sha256(text.encode()).hexdigest())


_OPEN = FrameRef(JobDigest("\0"), Fraction(0))
# JSON writes the NUL as an escape that no text of a user can contain.
_OPEN_TEXT = '"frame:sha256:\\u0000@0"'
_TAKE = ',"take":1,"version":1}'


@dataclass(frozen=True, slots=True)
class Template:
    """The canonical JSON of a request whose upstream frame and take are still open.

    Packing tries a request behind many others; only the frame differs, so the rest is written once.
    """

    text: str

    def of(self, upstream: FrameRef | None, take: int) -> JobDigest:
        """Return the digest for this take, where the job begins with that frame."""
        text = f'{self.text.removesuffix(_TAKE)},"take":{take},"version":{VERSION}}}'
        if upstream is not None:
            text = text.replace(_OPEN_TEXT, f'"{reference_text(upstream)}"')
        return digest_of_text(text)


def template(endpoint: EndpointId, build: Callable[[FrameRef], Body]) -> Template:
    """Write the template of a request; `build` makes its body for the frame it begins with."""
    return Template(canonical(endpoint, build(_OPEN), 1))
