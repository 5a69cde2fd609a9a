"""A fake provider that keeps a ledger, and small plans, for the engine's tests."""

import asyncio
import json
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from hashlib import sha256
from pathlib import Path
from typing import NoReturn

from storyboard.catalogue.endpoint import EndpointId, Mode
from storyboard.jobs.job import Body, ClipJob, FileRef, JobDigest, JobId, JobShot, VoiceJob
from storyboard.model.asset import ClipFacts, FileDigest, LocalFile, PictureFacts, Unusable
from storyboard.model.money import Usd
from storyboard.model.storyboard import ShotName
from storyboard.plan.planned import JobState, Plan, PlannedJob
from storyboard.provider import (
    Charge,
    Fault,
    Media,
    ProviderFacts,
    RequestId,
    Ticket,
    VoiceMade,
    answer,
)
from storyboard.render import Clock, Event, GivenConsent, Limits, Outcome, Pictures, render
from storyboard.store import Store, TakeKey
from storyboard.store.life import AttemptId, Order

SPEED = 2000.0
ANY_JOB = JobDigest("a")
ENDPOINT = EndpointId("owner/app/pro")
VOICES = EndpointId("owner/app/create-voice")
FAIR = Fault("SB808", "the model failed", "run again", Charge.NONE, again=True)
POLICY = Fault("SB804", "refused by the content checker", "change it", Charge.POSSIBLE)
CANCELLED = Fault("SB810", "the request was cancelled", "run again", Charge.POSSIBLE)
LOCKED = Fault("SB800", "fal refused the account", "top up", Charge.NONE)


class Killed(BaseException):
    """The process dies here."""


def digest_of(text: str) -> str:
    return sha256(text.encode()).hexdigest()


FACTS = ProviderFacts(
    name="fake",
    title="the fake",
    dashboard="https://fake.test/requests",
    uploads_last=timedelta(days=5),
    results_last=timedelta(days=7),
    longest_wait=600.0,
)


def clip_job(  # noqa: PLR0913 - a job's fields, by name
    name: str,
    *,
    body: Body | None = None,
    after: tuple[JobDigest, ...] = (),
    cost: str = "1.5",
    seconds: int = 5,
    digest: str | None = None,
) -> ClipJob:
    shot = JobShot(ShotName(f"scene/{name}"), Fraction(0), seconds, Fraction(seconds), name)
    return ClipJob(
        id=JobId(f"scene/{name}"),
        digest=JobDigest(digest or digest_of(f"job {name}")),
        model="fake",
        endpoint=ENDPOINT,
        shots=(shot,),
        seconds=seconds,
        mode=Mode.SILENT,
        body=body if body is not None else {"prompt": name, "duration": str(seconds)},
        cost=Usd(Decimal(cost)),
        after=after,
        why="the scene begins",
    )


def voice_job(name: str, body: Body | None = None) -> VoiceJob:
    return VoiceJob(
        id=JobId(f"voice/{name}"),
        digest=JobDigest(digest_of(f"voice {name}")),
        endpoint=VOICES,
        voice=name,
        body=body if body is not None else {"voice_url": f"https://x.test/{name}.wav"},
        cost=Usd(Decimal("0.007")),
    )


def plan_of(*jobs: ClipJob | VoiceJob) -> Plan:
    planned = tuple(PlannedJob(job, JobState.TO_RENDER, "new") for job in jobs)
    cost = Usd(sum((job.cost for job in jobs), Decimal(0)))
    return Plan(planned, (), cost, cost)


def local_file(folder: Path, name: str, data: bytes) -> FileRef:
    (folder / name).write_bytes(data)
    digest = FileDigest(sha256(data).hexdigest())
    return FileRef(LocalFile(name, digest, len(data), PictureFacts("PNG", 640, 480)))


def probe(path: Path) -> ClipFacts | Unusable:
    """Read the fake clips: `clip SECONDS …`."""
    data = path.read_bytes()
    if not data.startswith(b"clip "):
        return Unusable("unreadable", "not a clip")
    seconds = Fraction(data.split()[1].decode())
    return ClipFacts("mp4", 1280, 720, Fraction(24), seconds, "h264", None)


def last_frame(clip: Path, at: Fraction, out: Path) -> None:
    out.write_bytes(b"frame of " + clip.read_bytes() + str(at).encode())


PICTURES = Pictures(probe, last_frame)


def fast_clock(offset: timedelta = timedelta(0)) -> Clock:
    """Time that only waiting makes pass, `SPEED` times as fast: a slow disk takes none of it."""
    begun = datetime.now(UTC) + offset
    passed = 0.0

    def now() -> datetime:
        return begun + timedelta(seconds=passed)

    async def sleep(seconds: float) -> None:
        nonlocal passed
        over = passed + seconds
        await asyncio.sleep(seconds / SPEED)
        passed = max(passed, over)

    return Clock(now, lambda: passed, sleep)


@dataclass(slots=True)
class Sent:
    """A request that the fake accepted."""

    id: str
    endpoint: EndpointId
    body: Mapping[str, object]
    at: datetime
    polls: int
    fault: Fault | None
    seconds: str
    text: str


@dataclass(slots=True)
class FakeFal:
    """A provider whose every answer a script decides; it charges what it accepts and keeps count.

    `script(call, n)` names what happens at the n-th call of a kind: `ok`, or a fault's name.
    Requests are `named` by a letter and their number.
    """

    script: Callable[[str, int], str] = lambda _call, _n: "ok"
    named: str = "r"
    now: Callable[[], datetime] = lambda: datetime.now(UTC)
    polls: int = 1
    listed: bool = True
    facts: ProviderFacts = FACTS
    wait: float = 600.0
    requests: dict[str, Sent] = field(default_factory=dict)
    charged: Counter[str] = field(default_factory=Counter)
    calls: Counter[str] = field(default_factory=Counter)
    uploads: list[str] = field(default_factory=list)
    log: list[str] = field(default_factory=list)
    in_flight: int = 0
    most_in_flight: int = 0
    dead: bool = False

    def _next(self, call: str) -> str:
        self.calls[call] += 1
        word = self.script(call, self.calls[call])
        self.log.append(f"{call}:{word}")
        if self.dead or word == "kill":
            self.die()
        return word

    def die(self) -> NoReturn:
        """End the process: from now on nothing is written or sent."""
        self.dead = True
        raise Killed

    async def upload(self, file: Path, digest: FileDigest) -> answer.Upload:
        """Take a file."""
        word = self._next("upload")
        await asyncio.sleep(0)
        if word == "trouble":
            return answer.Trouble("no answer")
        self.uploads.append(digest)
        return answer.Uploaded(f"https://files.test/{digest[:12]}{file.suffix}")

    def _accept(self, endpoint: EndpointId, body: str, word: str) -> Ticket:
        name = f"{self.named}{len(self.requests) + 1}"
        fault = {"fair": FAIR, "policy": POLICY}.get(word)
        fields = json.loads(body)
        seconds = "9" if word == "short" else str(fields.get("duration", "5"))
        self.requests[name] = Sent(
            name, endpoint, fields, self.now(), self.polls, fault, seconds, body
        )
        if fault is None or fault.charge is not Charge.NONE:
            self.charged[body] += 1
        self.in_flight += 1
        self.most_in_flight = max(self.most_in_flight, self.in_flight)
        return ticket_of(name)

    async def submit(self, endpoint: EndpointId, body: str) -> answer.Submitted:
        """Take a request, or not."""
        word = self._next("submit")
        await asyncio.sleep(0)
        match word:
            case "not-sent":
                return answer.NotSent("no connection")
            case "busy":
                return answer.NotSent("wait", 5.0)
            case "lost-before":
                return answer.Unsure("no answer came")
            case "locked":
                return answer.Locked(LOCKED)
            case "refused":
                return answer.NotTaken(Fault("SB802", "bad body", "mend it", Charge.NONE))
        ticket = self._accept(endpoint, body, word)
        if word == "kill-after":
            self.die()
        return (
            answer.Unsure("no answer came")
            if word == "lost-after"
            else answer.Taken(ticket.request, ticket.addresses)
        )

    async def status(self, ticket: Ticket) -> answer.Status:
        """Tell where a request is."""
        word = self._next("status")
        await asyncio.sleep(0)
        sent = self.requests.get(ticket.request)
        if sent is None:
            return answer.Gone(Fault("SB811", "unknown", "look", Charge.POSSIBLE))
        if word == "trouble":
            return answer.Trouble("502")
        if word == "locked":
            return answer.Locked(LOCKED)
        if sent.polls > 0:
            sent.polls -= 1
            return answer.InProgress() if sent.polls == 0 else answer.InQueue(sent.polls)
        return answer.Completed(sent.fault.code if sent.fault else None)

    async def result(self, ticket: Ticket, ended: answer.Completed) -> answer.Result:
        """Give what a request ended with."""
        word = self._next("result")
        await asyncio.sleep(0)
        if word == "trouble":
            return answer.Trouble("504")
        sent = self.requests[ticket.request]
        if sent.polls == 0:
            self.in_flight -= 1
            sent.polls = -1
        if sent.fault is not None:
            assert ended.error
            return answer.Broken(sent.fault)
        if sent.endpoint == VOICES:
            return answer.Ready(VoiceMade(f"v-{sent.id}"), "1")
        return answer.Ready(Media(f"https://media.test/{sent.id}"), sent.seconds)

    async def download(
        self, url: str, to: Path, told: Callable[[float | None], None]
    ) -> answer.Download:
        """Write a clip."""
        word = self._next("download")
        await asyncio.sleep(0)
        sent = self.requests[url.rpartition("/")[2]]
        match word:
            case "trouble":
                return answer.Trouble("connection reset")
            case "expired":
                return answer.Expired("404")
            case "torn":
                _write(to, b"torn " + str(self.calls["download"]).encode())
                return answer.Fetched(5)
            case "half":
                _write(to, b"half of a clip")
                return answer.Fetched(14)
        told(1.0)
        data = b"clip %s of %s" % (sent.seconds.encode(), sent.id.encode())
        _write(to, data)
        return answer.Fetched(len(data))

    async def sent(self, endpoint: EndpointId, since: datetime) -> answer.Listing:
        """List the requests."""
        word = self._next("list")
        await asyncio.sleep(0)
        if word == "trouble":
            return answer.Trouble("503")
        if word == "empty" or not self.listed:
            return answer.Listed(())
        return answer.Listed(
            tuple(
                answer.Seen(RequestId(one.id), one.at, one.body, ticket_of(one.id).addresses)
                for one in self.requests.values()
                if one.endpoint == endpoint and one.at >= since
            )
        )

    async def cancel(self, ticket: Ticket) -> answer.Stopped:
        """Take a request out of the queue; one that has begun goes on."""
        word = self._next("cancel")
        await asyncio.sleep(0)
        sent = self.requests.get(ticket.request)
        if sent is None:
            return answer.Gone(Fault("SB811", "unknown", "look", Charge.POSSIBLE))
        if word == "trouble":
            return answer.Trouble("502")
        if word == "locked":
            return answer.Locked(LOCKED)
        over = sent.polls <= 0
        if sent.polls > 1:
            if sent.fault is None or sent.fault.charge is not Charge.NONE:
                self.charged[sent.text] -= 1
            sent.fault, sent.polls = CANCELLED, 0
        if word == "kill-after":
            self.die()
        if word == "lost-after":
            return answer.Trouble("no answer came")
        return answer.TooLate() if over else answer.Stopping()

    async def close(self) -> None:
        """Have nothing to close."""
        return

    def longest_wait(self, endpoint: EndpointId) -> float:
        """Return the same for every endpoint."""
        del endpoint
        return self.wait


def _write(to: Path, data: bytes) -> None:
    to.write_bytes(data)


def ticket_of(name: str) -> Ticket:
    urls = {"status": f"q/{name}/status", "result": f"q/{name}", "cancel": f"q/{name}/cancel"}
    return Ticket(RequestId(name), "fake", None, tuple(urls.items()))


def scripted(**words: Iterable[str]) -> Callable[[str, int], str]:
    """Make a script of words per kind of call; `ok` when they have run out."""
    lists = {call: list(named) for call, named in words.items()}

    def script(call: str, n: int) -> str:
        named = lists.get(call, [])
        return named[n - 1] if n <= len(named) else "ok"

    return script


def go(  # noqa: PLR0913 - the engine's ports, by name
    plan: Plan,
    store: Store,
    provider: FakeFal,
    *,
    limits: Limits | None = None,
    consent: GivenConsent | None = None,
    clock: Clock | None = None,
    listen: Callable[[Event], None] = lambda _event: None,
    stop: asyncio.Event | None = None,
    account: str | None = None,
) -> Mapping[JobDigest, Outcome]:
    """Run the engine over a plan."""
    clock = clock or fast_clock()
    provider.now = clock.now
    return asyncio.run(
        render(
            plan,
            backend=provider,
            store=store,
            listen=listen,
            pictures=PICTURES,
            limits=limits,
            consent=consent,
            clock=clock,
            stop=stop,
            account=account,
        )
    )


def take_1(job: str) -> TakeKey:
    """Name the first take of a job."""
    return TakeKey(JobDigest(job), 1)


def order(
    job: JobDigest = ANY_JOB,
    attempt: str = "old",
    cost: str = "2",
    films: tuple[str, ...] = (),
) -> Order:
    """Make what an attempt asks for."""
    return Order(
        attempt=AttemptId(attempt),
        job=job,
        id=JobId("s/a"),
        endpoint=EndpointId("owner/app"),
        body="{}",
        asked="{}",
        cost=Usd(Decimal(cost)),
        seconds=5,
        shots=("s/a",),
        films=films,
        provider="https://queue.fal.run",
    )
