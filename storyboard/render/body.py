"""A job's body with references into the exact JSON text that is sent."""

import asyncio
import hashlib
import json
from pathlib import Path
from typing import assert_never

from storyboard.jobs import (
    FileRef,
    FrameRef,
    JobDigest,
    Reference,
    VoiceRef,
    reference_text,
    references,
    seconds_text,
    wire,
)
from storyboard.model import ClipDigest, FileDigest
from storyboard.provider import Fault, VoiceMade
from storyboard.provider.answer import Locked, NotTaken, Trouble, Uploaded
from storyboard.render import faults
from storyboard.render.means import Means
from storyboard.render.pace import backoff
from storyboard.store import WantedTake, clips_here, digest_of
from storyboard.store.life import KeptClip, Stored, provider_of

_TRIES = 8


class CannotPrepare(Exception):  # noqa: N818 - a reason, told as an outcome
    """A body cannot be made; nothing was sent."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.message)
        self.fault = fault


async def body_text(means: Means, take: WantedTake) -> str:
    """Resolve every reference: files and frames are uploaded once per content.

    Raises:
        CannotPrepare: where one cannot be resolved.
    """
    found = tuple(dict.fromkeys(references(take.job.body)))
    values = await asyncio.gather(*(_resolve(means, take, one) for one in found))
    texts = {reference_text(one): value for one, value in zip(found, values, strict=True)}
    body = wire(take.job.body, lambda one: texts[reference_text(one)])
    return json.dumps(body, ensure_ascii=False, separators=(",", ":"))


async def _resolve(means: Means, take: WantedTake, reference: Reference) -> str:
    match reference:
        case FileRef(file):
            path = means.ledger.store.project / file.path
            return await _uploaded(means, take, path, file.digest)
        case FrameRef():
            frame = await _frame(means, reference)
            digest = FileDigest(await asyncio.to_thread(digest_of, frame))
            return await _uploaded(means, take, frame, digest)
        case VoiceRef(upstream):
            return await _voice(means, upstream)
    assert_never(reference)


async def _voice(means: Means, upstream: JobDigest) -> str:
    life = await means.ledger.latest(means.handed_on(upstream))
    if isinstance(life, Stored) and isinstance(life.kept, VoiceMade):
        # A clip is a file, whoever rendered it; a voice is a name that only its maker knows.
        maker = provider_of(life) or "an unknown provider"
        if not means.provider.facts.is_called(maker):
            raise CannotPrepare(faults.other_voice(maker))
        return life.kept.id
    raise CannotPrepare(faults.no_upstream("voice"))


async def _frame(means: Means, reference: FrameRef) -> Path:
    store = means.ledger.store
    clip, path = await _clip(means, reference)
    recipe = f"last frame of {clip} before {seconds_text(reference.at)}, as PNG, 1"
    name = hashlib.sha256(recipe.encode()).hexdigest()

    def make(out: Path) -> None:
        means.pictures.last_frame(path, reference.at, out)

    try:
        return await asyncio.to_thread(store.derive, name, ".png", make)
    except (OSError, ValueError) as error:  # av's errors are one of these too
        raise CannotPrepare(faults.no_frame(path, error)) from error


async def _clip(means: Means, reference: FrameRef) -> tuple[ClipDigest, Path]:
    """Return the clip that a frame is taken of: the one that was picked, or its job's result."""
    store = means.ledger.store
    if reference.clip is not None:
        found = await asyncio.to_thread(clips_here, store.layout.root, (reference.clip,))
        if reference.clip not in found:
            raise CannotPrepare(faults.no_upstream("picked clip"))
        return reference.clip, found[reference.clip]
    life = await means.ledger.latest(means.handed_on(reference.job))
    if not (isinstance(life, Stored) and isinstance(life.kept, KeptClip)):
        raise CannotPrepare(faults.no_upstream("clip"))
    return life.kept.digest, store.clip_path(life.kept)


async def _uploaded(means: Means, take: WantedTake, path: Path, digest: FileDigest) -> str:
    """Return a content's address; jobs that need it at once wait for one upload."""
    if digest not in means.uploading:
        upload = asyncio.create_task(_upload(means, take, path, digest))
        means.uploading[digest] = upload
    try:
        return await asyncio.shield(means.uploading[digest])
    except CannotPrepare:
        means.uploading.pop(digest, None)
        raise


async def _upload(means: Means, take: WantedTake, path: Path, digest: FileDigest) -> str:
    store, facts = means.ledger.store, means.provider.facts
    known = await means.ledger.read(lambda: store.upload(facts.name, digest, facts.uploads_last))
    if known is not None:
        return known
    detail = ""
    for tries in range(_TRIES):
        await _check_unchanged(path, digest)
        means.tell(take, "uploading", detail=path.name)
        try:
            answer = await means.provider.upload(path, digest)
        except OSError as error:
            raise CannotPrepare(faults.no_file(path, error)) from error
        match answer:
            case Uploaded(url):
                # Once more: it may have been written to while it was read.
                await _check_unchanged(path, digest)
                await means.ledger.note_upload(facts.name, digest, url)
                return url
            case NotTaken(fault):
                raise CannotPrepare(fault)
            case Locked(fault):
                means.halt(fault)
                raise CannotPrepare(fault)
            case Trouble(detail, wait):
                if await means.pause(wait or backoff(tries)):
                    break
            case _:
                assert_never(answer)
    raise CannotPrepare(faults.not_uploaded(path, detail))


async def _check_unchanged(path: Path, digest: FileDigest) -> None:
    """Refuse to send other bytes than those that were planned, shown and agreed to."""
    try:
        now = await asyncio.to_thread(digest_of, path)
    except OSError as error:
        raise CannotPrepare(faults.no_file(path, error)) from error
    if str(now) != digest:
        raise CannotPrepare(faults.file_changed(path))
