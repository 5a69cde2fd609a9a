"""The answer to a paid request into what it proves: taken, refused, not sent, or not known."""

from http import HTTPStatus

import httpx

from storyboard.backends.http.reading import retry_after
from storyboard.backends.http.wire import Answer, NoAnswer, NotReached
from storyboard.provider import answer

SUCCESS = range(200, 300)
CLIENT = range(400, 500)
LOCKED = frozenset({401, 402, 403})
"""The key or the account is refused: so is every request after this one."""

NOT_TAKEN = frozenset({400, 404, 405, 410, 413, 414, 415, 422})
"""The request was read and refused. Any other status leaves open whether it was taken."""


def answered(got: Answer, title: str) -> httpx.Response | answer.NotSent | answer.Unsure:
    """Return a submit's answer where there is one to be read, else what the lack of it proves.

    Only no connection, and a 429, prove that nothing was queued. `title` is the provider's.
    """
    match got:
        case NotReached(detail):
            return answer.NotSent(detail)
        case NoAnswer(detail):
            return answer.Unsure(detail)
        case httpx.Response(status_code=HTTPStatus.TOO_MANY_REQUESTS):
            return answer.NotSent(f"{title} asks to wait", retry_after(got))
        case _:
            return got
