"""View clips while they are decoded for the stretches that are made of them: once for both."""

from av.video.frame import VideoFrame

from storyboard.cut.proof.file_runs import FileRun, file_runs
from storyboard.cut.proof.kept_viewings import Viewings
from storyboard.cut.proof.stretch_views import least_packets, sets_of
from storyboard.cut.proof.viewing import Watcher, digests_of
from storyboard.file_stamp import FileStamp, file_stamp
from storyboard.media import PacketIndex, Watch
from storyboard.model import FrameRate


class PassWatches:
    """Watches the passes that go through clips of one run, and keeps what they show."""

    def __init__(self, viewings: Viewings, fps: FrameRate) -> None:
        self._viewings = viewings
        self._least = least_packets(fps)

    def of(self, index: PacketIndex) -> Watch | None:
        """Return who watches a pass of a clip; None if nothing of it would be kept.

        Raises `OSError` if the clip cannot be read.
        """
        if index.coding.sets is None or not index.plain:
            return None
        before = file_stamp(index.path)
        runs = [*file_runs(index, sets_of(index), self._least, 0, len(index.packets))]
        if [(one.first, one.end, one.low) for one in runs] != [(0, index.frames, 0)]:
            return None
        (run,) = runs
        digests = digests_of(run.run.frames)
        if self._viewings.find(run.run, digests) is not None:
            return None
        return _RunWatch(self._viewings, run, digests, before).see


class _RunWatch:
    """Looks at all pictures of a run, and keeps what it saw if nothing at all was amiss.

    What was amiss is found again, and judged, when the run is decoded by itself.
    """

    def __init__(
        self, viewings: Viewings, run: FileRun, digests: tuple[bytes, ...], before: FileStamp
    ) -> None:
        self._viewings = viewings
        self._run = run.run
        self._digests = digests
        self._before = before
        self._watcher = Watcher()
        self._next: int | None = 0

    def see(self, place: int, frame: VideoFrame) -> None:
        """Look at the next picture."""
        if self._next is None or place != self._next or frame.is_corrupt:
            self._next = None
            return
        self._watcher.look(frame, place)
        self._next += 1
        path = self._run.frames[0].path
        if self._next == len(self._run.frames) and file_stamp(path) == self._before:
            viewing = self._watcher.viewing(self._run)
            self._viewings.found_or(self._run, self._digests, lambda: viewing)
