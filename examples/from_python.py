"""Render a storyboard from Python: see the price, agree to it, and spend no more than that.

    python examples/from_python.py examples/hello/storyboard.yaml

It rehearses with the local stand-in for fal. With `Backend.FAL` in place of `Backend.EMULATOR` it
needs FAL_KEY, and pays.
"""

import sys
from pathlib import Path

from storyboard import (
    Ask,
    Backend,
    Delivered,
    RenderOptions,
    SessionError,
    plan_storyboard,
    render_storyboard,
)

BACKEND = Backend.EMULATOR


def main(file: Path) -> int:
    """Plan, agree, render; return an exit code."""
    ask = Ask(file)
    try:
        quote = plan_storyboard(ask, BACKEND)
        for one in quote.plan.jobs:
            print(f"{one.job.id}: {one.state.value}, {one.job.cost} USD")
        print(f"a yes costs {quote.cost} USD")
        # Here somebody looks at it. What was agreed to is known by its fingerprint: if the
        # storyboard, a price or what is rendered has changed by now, nothing is sent.
        rendering = render_storyboard(
            ask,
            agreed=quote.fingerprint,
            max_cost=quote.cost,
            options=RenderOptions(backend=BACKEND),
        )
    except SessionError as error:
        print(f"{error.message}\n{error.help}", file=sys.stderr)
        return 1
    for film in rendering.films:
        print(film.order.path if isinstance(film, Delivered) else film.reason)
    print(f"spent {rendering.spent} USD, rehearsed {rendering.rehearsed} USD")
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
