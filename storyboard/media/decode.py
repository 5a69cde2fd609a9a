"""A clip into its frames, by their place in display order."""

from collections.abc import Iterator

from av.video.frame import VideoFrame

from storyboard.media.coded import PacketIndex
from storyboard.media.open import open_media


def decode(index: PacketIndex, first: int, end: int, threads: int = 1) -> Iterator[VideoFrame]:
    """Decode the frames shown from place `first` up to `end`, each exactly once and in order.

    A frame that the file lost is stood in for by the one before it. Raises `OSError` where there
    is none at all.
    """
    place = {stamp: n for n, stamp in enumerate(index.stamps)}
    with open_media(index.path) as container:
        stream = container.streams.video[0]
        stream.codec_context.thread_count = threads
        if first > 0:
            container.seek(index.stamps[first], stream=stream, backward=True)
        wanted = first
        before: VideoFrame | None = None
        for frame in container.decode(stream):
            at = place.get(frame.pts if frame.pts is not None else -1)
            if at is None or at < wanted:
                before = frame if at is not None else before
                continue
            while wanted < min(at, end):
                yield before or frame
                wanted += 1
            if wanted >= end:
                return
            yield frame
            before = frame
            wanted += 1
        while wanted < end:
            if before is None:
                raise OSError(f"{index.path}: none of the frames {first} to {end} can be decoded")
            yield before
            wanted += 1
