"""The seam: another provider needs the port and `backends/http`, and nothing of fal's."""

import ast
import asyncio
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
import second_provider
from render_fakes import PICTURES, clip_job, fast_clock, local_file, plan_of
from second_provider import SECRET, Second
from second_server import Server

from storyboard.render import Outcome, Rendered, Skipped, render
from storyboard.store import Store
from storyboard.store.life import Accepted, order_of


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path) as store:
        yield store


@pytest.fixture
def server() -> Server:
    return Server()


@pytest.fixture
def url(server: Server) -> Iterator[str]:
    with server.open() as http:
        thread = threading.Thread(target=http.serve_forever, args=(0.01,))
        thread.start()
        yield f"http://127.0.0.1:{http.server_address[1]}"
        http.shutdown()
        thread.join()


def go(store: Store, url: str, *, stop: bool = False) -> Outcome:
    start = local_file(store.project, "start.png", b"a picture")
    job = clip_job("a", body={"prompt": "a", "start": start})
    told = asyncio.Event()

    async def run() -> Outcome:
        got = await render(
            plan_of(job),
            backend=Second(url),
            store=store,
            listen=lambda event: told.set() if stop and "queued" in str(event) else None,
            pictures=PICTURES,
            clock=fast_clock(),
            stop=told,
        )
        return got[job.digest]

    return asyncio.run(run())


def test_a_job_is_rendered_by_another_provider(store: Store, server: Server, url: str) -> None:
    server.busy = 1
    outcome = go(store, url)
    assert isinstance(outcome, Rendered)
    assert outcome.request == "1"
    assert outcome.clip is not None
    assert outcome.clip.path.read_bytes().startswith(b"clip 5 ")
    assert list(server.files.values()) == [b"a picture"]
    assert len(server.jobs) == 1
    (life,) = store.lives().values()
    assert order_of(life).provider == "second"
    # Its own key, to its own questions only.
    assert {key for path, key in server.keys if path.startswith("/v2/")} == {f"Bearer {SECRET}"}
    assert {key for path, key in server.keys if path.startswith("/films/")} == {None}


def test_what_it_was_asked_is_taken_up_by_its_own_addresses(
    store: Store, server: Server, url: str
) -> None:
    assert isinstance(go(store, url, stop=True), Skipped)
    (life,) = store.lives().values()
    assert isinstance(life, Accepted)
    assert life.ticket.addresses == (("job", "/v2/jobs/1"),)
    assert isinstance(go(store, url), Rendered)
    assert len(server.jobs) == 1


def test_a_lost_answer_is_found_in_its_list(store: Store, server: Server, url: str) -> None:
    server.drop = 1
    assert isinstance(go(store, url), Rendered)
    assert len(server.jobs) == 1


def test_it_takes_nothing_from_fals_backend() -> None:
    tree = ast.parse(Path(second_provider.__file__).read_text(encoding="utf-8"))
    rooms = {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert "storyboard.backends.http" in rooms
    assert not [room for room in rooms if room and "fal" in room]
