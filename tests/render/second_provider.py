"""A second provider: other addresses, another key, another way to say things, on loopback."""

import asyncio
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import httpx

from storyboard.backends.http import (
    LOCKED,
    NOT_TAKEN,
    Key,
    Network,
    Wanted,
    Wire,
    answered,
    download,
    parsed,
    retry_after,
)
from storyboard.catalogue import EndpointId
from storyboard.model import FileDigest
from storyboard.provider import Charge, Fault, Media, ProviderFacts, RequestId, Ticket, answer

SECRET = "second-s3cr3t"  # noqa: S105 - a key of no account
FACTS = ProviderFacts(
    name="second",
    title="Second",
    dashboard="https://second.test/jobs",
    uploads_last=timedelta(days=1),
    results_last=timedelta(days=2),
    longest_wait=60.0,
)
GONE = Fault("SB811", "Second does not know this job", "look there", Charge.POSSIBLE)
REFUSED = Fault("SB802", "Second refused it", "mend it", Charge.NONE)


@dataclass(frozen=True, slots=True)
class Base:
    """Where it is: one host for everything."""

    url: str

    def is_ours(self, url: str) -> bool:
        """Tell whether the key may go there."""
        return url.startswith(f"{self.url}/")


class Second:
    """The port, with `backends/http` and nothing of fal's. A ticket has one address: a path."""

    facts = FACTS

    def __init__(self, url: str, key: str = SECRET) -> None:
        self._wire = Wire(Key(key, "Bearer"), Base(url), Network())

    async def _ask(self, method: str, path: str, body: str | None = None) -> Any:  # noqa: ANN401
        got = await self._wire.keyed(method, f"{self._wire.addresses.url}{path}", body)
        if not isinstance(got, httpx.Response):
            return answer.Trouble(got.detail)
        if got.status_code == httpx.codes.NOT_FOUND:
            return answer.Gone(GONE)
        said = parsed(got.content)
        if got.is_error or said is None:
            return answer.Trouble(self._wire.excerpt(got), retry_after(got))
        return said

    async def upload(self, file: Path, digest: FileDigest) -> answer.Upload:
        """Put a file's bytes there in one call."""
        text = (await asyncio.to_thread(file.read_bytes)).hex()
        got = await self._ask("POST", "/v2/files", json.dumps({"name": digest, "hex": text}))
        return answer.Uploaded(got["where"]) if isinstance(got, Mapping) else answer.Trouble("no")

    async def submit(self, endpoint: EndpointId, body: str) -> answer.Submitted:
        """Send it, once."""
        url = f"{self._wire.addresses.url}/v2/jobs?model={endpoint}"
        got = answered(await self._wire.submit(url, body, {}), FACTS.title)
        if not isinstance(got, httpx.Response):
            return got
        if got.status_code in LOCKED | NOT_TAKEN:
            return answer.NotTaken(REFUSED)
        if got.is_error:
            return answer.Unsure(self._wire.excerpt(got))
        job = str(parsed(got.content)["job"])
        return answer.Taken(RequestId(job), (("job", f"/v2/jobs/{job}"),))

    async def status(self, ticket: Ticket) -> answer.Status:
        """Ask how a job stands."""
        got = await self._ask("GET", ticket.address("job"))
        if not isinstance(got, Mapping):
            return got
        states = {"waiting": answer.InQueue(None), "working": answer.InProgress()}
        return states.get(got["state"], answer.Completed())

    async def result(self, ticket: Ticket, ended: answer.Completed) -> answer.Result:
        """Read what a job made."""
        del ended
        got = await self._ask("GET", ticket.address("job"))
        return answer.Ready(Media(got["film"]), None) if isinstance(got, Mapping) else got

    async def download(
        self, url: str, to: Path, told: Callable[[float | None], None]
    ) -> answer.Download:
        """Write a film to a file, without the key."""
        return await download(self._wire, url, Wanted(to, told), asyncio.Semaphore(1))

    async def sent(self, endpoint: EndpointId, since: datetime) -> answer.Listing:
        """List the jobs of the account."""
        del endpoint, since
        got = await self._ask("GET", "/v2/jobs")
        if not isinstance(got, list):
            return answer.Trouble("no list")
        return answer.Listed(tuple(_seen(one) for one in got))

    async def cancel(self, ticket: Ticket) -> answer.Stopped:
        """Ask to cancel a job."""
        got = await self._ask("DELETE", ticket.address("job"))
        return got if isinstance(got, answer.Gone | answer.Trouble) else answer.Stopping()

    async def close(self) -> None:
        """Close the connections."""
        await self._wire.close()

    def longest_wait(self, endpoint: EndpointId) -> float:
        """Return the same for every endpoint."""
        del endpoint
        return FACTS.longest_wait


def _seen(one: Mapping[str, Any]) -> answer.Seen:
    at, job = datetime.fromisoformat(one["at"]), one["job"]
    return answer.Seen(RequestId(job), at, one["body"], (("job", f"/v2/jobs/{job}"),))
