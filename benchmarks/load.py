"""Thousands of jobs in flight against the emulator: memory, CPU a job, and time over the bound.

    python benchmarks/load.py [--jobs 2000] [--concurrency 40] [--speed 60]

The emulator runs in a process of its own, so what is measured here is the engine alone: journal,
polling, downloads, checking and keeping of clips. The bound is what the provider needs whatever
the client does: the seconds of work it had, divided by how many it does at a time, or the longest
job. All jobs are submitted as fast as they are taken, so that all are in flight together.
"""

import argparse
import asyncio
import json
import resource
import sys
import tempfile
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from storyboard import Ask, compile_storyboard
from storyboard.backends.fal import open_fal
from storyboard.catalogue import load
from storyboard.emulator.child import child
from storyboard.jobs.job import JobDigest
from storyboard.media.frames import last_frame
from storyboard.media.probe import probe
from storyboard.plan import Plan
from storyboard.render.engine import render
from storyboard.render.event import Outcome, Rendered
from storyboard.render.ports import Limits, Pictures
from storyboard.store import Store

SHOTS_A_SCENE = 20
AIM_OVER, AIM_MEMORY, AIM_CPU = 5.0, 300.0, 20.0


@dataclass(frozen=True, slots=True)
class Figures:
    """What was measured. Memory is the most of this process, before and after the run, in MB."""

    jobs: int
    seconds: float
    bound: float
    memory_before: float
    memory: float
    cpu: float

    @property
    def over(self) -> float:
        """Time over the bound, in percent."""
        return (self.seconds / self.bound - 1) * 100

    @property
    def cpu_a_job(self) -> float:
        """CPU time of a job, in milliseconds."""
        return self.cpu / self.jobs * 1000


def storyboard_of(jobs: int) -> str:
    """Write a storyboard of so many jobs, none of which waits for another."""
    lines = [
        "storyboard: 1",
        "title: Load",
        "model: kling-v3-turbo-pro",
        "pack: shot",
        "scenes:",
    ]
    for scene in range(0, jobs, SHOTS_A_SCENE):
        lines += [f"  - id: s{scene}", "    continuity: none", "    shots:"]
        lines += [
            f"      - {{id: a{shot}, duration: 3s, prompt: Picture {shot} of many.}}"
            for shot in range(scene, min(scene + SHOTS_A_SCENE, jobs))
        ]
    return "\n".join(lines) + "\n"


def plan_of(folder: Path, jobs: int) -> Plan:
    """Compile the storyboard."""
    path = folder / "storyboard.yaml"
    path.write_text(storyboard_of(jobs), encoding="utf-8")
    (folder / ".git").mkdir()
    plan = compile_storyboard(Ask(path)).plan
    if plan is None or len(plan.jobs) != jobs:
        sys.exit("the storyboard of the benchmark does not compile to so many jobs")
    return plan


def bound_of(state: Path, concurrency: int) -> float:
    """Add up the work that the emulator had, from what it wrote."""
    lines = (state / "requests.jsonl").read_text(encoding="utf-8").splitlines()
    takes = [json.loads(line)["accepted"]["takes"] for line in lines]
    return max(sum(takes) / concurrency, *takes)


def megabytes() -> float:
    """Return the most memory that this process has had."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def measure(jobs: int, concurrency: int, speed: float, folder: Path) -> Figures:
    """Render so many jobs, and measure."""
    plan = plan_of(folder, jobs)
    state = folder / "emulator"
    options = ("--speed", str(speed), "--concurrency", str(concurrency), "--height", "72")
    with child(state, None, options) as urls, Store.open(folder) as store:
        hosts = {
            "FAL_KEY": "benchmark",
            "STORYBOARD_FAL_QUEUE_URL": urls.queue_url,
            "STORYBOARD_FAL_REST_URL": urls.rest_url,
            "STORYBOARD_FAL_API_URL": urls.api_url,
        }
        before, cpu, began = megabytes(), time.process_time(), time.monotonic()
        outcomes = asyncio.run(_render(plan, store, hosts))
        seconds, cpu = time.monotonic() - began, time.process_time() - cpu
    if not all(isinstance(one, Rendered) for one in outcomes.values()):
        sys.exit("not every job was rendered")
    bound = bound_of(state, concurrency)
    return Figures(jobs, seconds, bound, before, megabytes(), cpu)


async def _render(
    plan: Plan, store: Store, hosts: Mapping[str, str]
) -> Mapping[JobDigest, Outcome]:
    async with open_fal(hosts, load()) as provider:
        return await render(
            plan,
            backend=provider,
            store=store,
            listen=lambda _: None,
            pictures=Pictures(probe, last_frame),
            limits=Limits(concurrency=len(plan.jobs)),
        )


def main() -> None:
    """Measure, and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--jobs", type=int, default=2000)
    parser.add_argument("--concurrency", type=int, default=40, help="of the account")
    parser.add_argument("--speed", type=float, default=60.0)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        found = measure(given.jobs, given.concurrency, given.speed, Path(folder))
    print(f"jobs in flight            {found.jobs}")
    print(f"account works on          {given.concurrency} at a time")
    print(f"time                      {found.seconds:.1f} s")
    print(f"lower bound               {found.bound:.1f} s")
    print(f"over the bound            {found.over:.1f} %  (aim: {AIM_OVER:g})")
    print(
        f"peak memory               {found.memory:.0f} MB  (aim: {AIM_MEMORY:g}; "
        f"{found.memory_before:.0f} before the run)"
    )
    print(f"CPU a job                 {found.cpu_a_job:.1f} ms  (aim: {AIM_CPU:g})")


if __name__ == "__main__":
    main()
