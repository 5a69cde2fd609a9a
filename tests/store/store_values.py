"""Small lives of attempts, for the store's tests."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from fractions import Fraction

from hypothesis import strategies as st

from storyboard.catalogue.endpoint import EndpointId
from storyboard.jobs.job import JobDigest, JobId
from storyboard.model.asset import ClipFacts
from storyboard.model.clip import ClipDigest
from storyboard.model.money import Usd
from storyboard.provider import Charge, Fault, Media, RequestId, Ticket, VoiceMade
from storyboard.store import life as states
from storyboard.store.life import AttemptId, Life, Order

DAY = datetime(2026, 11, 20, 12, tzinfo=UTC)
FACTS = ClipFacts("mp4", 1916, 1080, Fraction(24000, 1001), Fraction(121, 24), "h264", None)
FAULT = Fault("SB808", "the model failed", "run again", Charge.NONE, again=True)
CANCELLED = Fault("SB810", "it was cancelled while it waited", "send it", Charge.NONE, again=True)
PAID = Fault("SB812", "not what was asked for", "look at it", Charge.PAID)
DIGEST = ClipDigest("c" * 64)


def order(
    job: str = "j1",
    attempt: str = "a1",
    *,
    films: tuple[str, ...] = ("first-cup",),
    cost: str = "1.568",
    shots: tuple[str, ...] = ("opening/pour",),
) -> Order:
    return Order(
        attempt=AttemptId(attempt),
        job=JobDigest(job),
        id=JobId(f"opening/{job}"),
        endpoint=EndpointId("owner/app/pro"),
        body='{"prompt":"ünï"}',
        asked='{"prompt":"ünï"}',
        cost=Usd(Decimal(cost)),
        seconds=4 if shots else 0,
        shots=shots,
        films=films,
        provider="https://queue.fal.run",
    )


def ticket(name: str = "r1") -> Ticket:
    urls = (
        ("status_url", f"https://q/{name}/status"),
        ("response_url", f"https://q/{name}"),
        ("cancel_url", "https://q/c"),
    )
    return Ticket(RequestId(name), "https://queue.fal.run", None, urls)


def intended(asked: Order | None = None, at: datetime = DAY) -> states.Intended:
    return states.Intended(asked or order(), at)


def finished(asked: Order | None = None, units: str | None = "4") -> states.Finished:
    accepted = states.Accepted(intended(asked), ticket((asked or order()).attempt), DAY)
    return states.Finished(accepted, Media("https://media/x.mp4"), units, DAY)


def stored(asked: Order | None = None, digest: ClipDigest = DIGEST) -> states.Stored:
    return states.Stored(finished(asked), states.KeptClip(digest, ".mp4", 10, FACTS), DAY)


def nexts(life: Life, at: datetime) -> list[Life]:  # noqa: PLR0911 - a return per state
    """Every step that can follow: what the types allow, and nothing else."""
    match life:
        case states.Intended():
            return [
                states.Accepted(life, ticket(f"r-{states.order_of(life).attempt}"), at),
                states.Unknown(life, "no answer", at),
                states.Refused(life, FAULT, at),
                states.Abandoned(life, "never sent", Charge.NONE, at),
            ]
        case states.Unknown():
            return [
                states.Accepted(life, ticket(f"r-{states.order_of(life).attempt}"), at),
                states.Abandoned(life, "with consent", Charge.POSSIBLE, at),
            ]
        case states.Accepted():
            return [
                states.Finished(life, Media("https://media/x"), "4", at),
                states.Finished(life, VoiceMade("v1"), None, at),
                states.Failed(life, FAULT, None, at),
                states.Failed(life, CANCELLED, None, at),
            ]
        case states.Finished() | states.Mislaid():
            aside = states.KeptFile(DIGEST, ".mp4", 3)
            return [
                states.Stored(life, states.KeptClip(DIGEST, ".mp4", 10, FACTS), at),
                states.Stored(life, VoiceMade("v1"), at),
                states.Failed(life, PAID, aside, at),
            ]
        case states.Stored():
            return [states.Mislaid(life, at), states.Forgotten(life, at)]
        case states.Failed() | states.Refused():
            return [states.Forgotten(life, at)]
        case states.Abandoned() | states.Forgotten():
            return []


OVER = states.Refused | states.Failed | states.Abandoned | states.Forgotten


@st.composite
def journals(draw: st.DrawFn) -> list[Life]:
    """A legal journal of a few jobs, as a list of steps in the order in which they were taken."""
    steps: list[Life] = []
    now: dict[str, Life] = {}
    for n in range(draw(st.integers(0, 25))):
        at = DAY + timedelta(seconds=n)
        job = draw(st.sampled_from(["j1", "j2", "j3"]))
        life = now.get(job)
        choices: list[Life] = nexts(life, at) if life else []
        if life is None or isinstance(life, OVER):
            choices.append(intended(order(job, f"{job}a{n}"), at))
        step = draw(st.sampled_from(choices))
        now[job] = step
        steps.append(step)
    return steps
