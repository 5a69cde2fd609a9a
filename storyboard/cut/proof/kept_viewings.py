"""Find what decoding a run shows among the derived files, or decode it and keep that."""

import threading
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path

from storyboard.cut.proof.viewing import Run, Viewing, run_digest, view
from storyboard.cut.proof.viewing_file import read_viewing, written
from storyboard.cut.workshop import VIEWING, Derived


class Viewings:
    """Views runs, each content once: in this film, in the next one, and in other films.

    `folder` is for files of this run only. `decoded` counts the packets that had to be decoded.
    May be used from several threads; all of them end soon once `stop` is set.
    """

    def __init__(self, derived: Derived, folder: Path, stop: threading.Event) -> None:
        self._derived = derived
        self._folder = folder
        self.stop = stop
        self._counting = threading.Lock()
        self.decoded = 0

    def find(self, run: Run, digests: Sequence[bytes]) -> Viewing | None:
        """Return what is known of a run, None if nothing is; `digests` are its packets'."""
        name = run_digest(run, digests)
        path = self._derived.find(name, VIEWING)
        if path is None:
            return None
        try:
            known = read_viewing(path.read_bytes())
        except OSError:
            known = None
        if known is None:
            self._derived.drop(name, VIEWING)
        return known

    def of(self, run: Run, digests: Sequence[bytes]) -> Viewing:
        """Return what a run shows, decoded if need be. Raises as `view` does."""
        return self.found_or(run, digests, lambda: self.view(run, digests))

    def found_or(self, run: Run, digests: Sequence[bytes], make: Callable[[], Viewing]) -> Viewing:
        """Return what a run shows, by another way to `make` it, which is then kept."""
        known = self.find(run, digests)
        if known is None:
            known = make()
            self._keep(run_digest(run, digests), known)
        return known

    def view(self, run: Run, digests: Sequence[bytes]) -> Viewing:
        """Decode a run, and count that. Raises as `viewing.view` does."""
        with self._counting:
            self.decoded += len(run.frames)
        return view(run, digests, self.stop)

    def _keep(self, name: str, viewing: Viewing) -> None:
        made = self._folder / f"{name}{VIEWING}.{threading.get_ident()}"
        # It only saves time: what hinders it here is reported by what cannot do without the disk.
        with suppress(OSError):
            made.write_bytes(written(viewing))
            self._derived.keep(name, made, VIEWING)
