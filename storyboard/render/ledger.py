"""Writes of many jobs into few commits: whoever waits for the disk waits together."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any, TypeVar

from storyboard.store import RunId, Store, TakeKey
from storyboard.store.life import Known, Life
from storyboard.store.problem import Conflict

LifeT = TypeVar("LifeT", bound=Known)
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class _Write:
    act: Callable[[], Any]
    done: "asyncio.Future[Any]"


class Ledger:
    """The store, for many jobs at once.

    The journal is used from one thread. A write that is asked for while a commit is under way
    goes into the next one, with all others that came meanwhile; each returns after its own
    commit is on the disk, never before.
    """

    def __init__(self, store: Store) -> None:
        self.store = store
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="journal")
        self._pending: list[_Write] = []
        self._writer: asyncio.Task[None] | None = None

    async def close(self) -> None:
        """Write what is pending, and end the thread."""
        if self._writer is not None:
            await self._writer
        self._thread.shutdown()

    async def read(self, act: Callable[[], T]) -> T:
        """Run a read in the journal's thread."""
        return await asyncio.get_running_loop().run_in_executor(self._thread, act)

    async def record(self, step: LifeT) -> LifeT:
        """Append a step, lastingly.

        Raises:
            Conflict: where another run has gone on with the job.
            StoreProblem: where nothing could be written.
        """
        (conflict,) = await self._write(lambda: self.store.record([step]))
        if conflict is not None:
            raise conflict
        return step

    async def latest(self, take: TakeKey) -> Life | None:
        """Read where a take stands, also by what other runs did."""
        return await self.read(lambda: self.store.latest(take))

    async def claim(self, take: TakeKey) -> RunId | None:
        """Claim a take for this run; return the other living run that has it, if any."""
        return await self._write(lambda: self.store.claim(take))

    async def release(self, *takes: TakeKey) -> None:
        """Give up claims."""
        await self._write(lambda: self.store.release(takes))

    async def note_upload(self, provider: str, file: str, url: str) -> None:
        """Record where a file's content stands."""
        await self._write(lambda: self.store.note_upload(provider, file, url))

    async def _write(self, act: Callable[[], T]) -> T:
        done: asyncio.Future[T] = asyncio.get_running_loop().create_future()
        self._pending.append(_Write(act, done))
        if self._writer is None or self._writer.done():
            self._writer = asyncio.create_task(self._write_all())
        return await done

    async def _write_all(self) -> None:
        while self._pending:
            batch, self._pending = self._pending, []
            try:
                results = await self.read(lambda batch=batch: self._commit(batch))  # type: ignore[misc]
            except Exception as error:  # noqa: BLE001 - told to every writer, each of which raises it
                for write in batch:
                    if not write.done.done():
                        write.done.set_exception(error)
                continue
            for write, result in zip(batch, results, strict=True):
                if not write.done.done():
                    write.done.set_result(result)

    def _commit(self, batch: list[_Write]) -> list[Any]:
        with self.store.transaction():
            return [write.act() for write in batch]


__all__ = ["Conflict", "Ledger"]
