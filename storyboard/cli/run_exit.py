"""Turn what became of a run into the exit code that says what matters most about it."""

from storyboard.cli.exits import Exit
from storyboard.delivery import Undelivered
from storyboard.render import Refused, Skipped, Unknown
from storyboard.report import Rendering
from storyboard.session import Clips


def exit_code(rendering: Rendering, clips: Clips) -> Exit:
    """Return the code that says what matters most about a run."""
    outcomes = rendering.of_takes
    if clips.interrupted:
        return Exit.INTERRUPTED
    if any(isinstance(one, Unknown) for one in outcomes):
        return Exit.UNKNOWN
    if any(isinstance(one, Refused | Skipped) for one in outcomes):
        return Exit.FAILED
    if any(isinstance(one, Undelivered) for one in rendering.films):
        return Exit.ENVIRONMENT
    if rendering.lock is not None and rendering.lock.refusal:
        return Exit.MISTAKES if rendering.lock.mistakes else Exit.ENVIRONMENT
    return Exit.OK
