"""The command: its first line, its end, and what a restart still knows."""

import json
import os
import signal
import socket
import subprocess
import sys
from pathlib import Path

import httpx
import pytest
from calls import PATIENCE, caller, get, made, own_port

from storyboard.emulator import serve
from storyboard.emulator.child_process import DidNotStart, child
from storyboard.emulator.fault import Scenario
from storyboard.emulator.hold import holder_of
from storyboard.emulator.hosts import bind

T2V = "fal-ai/kling-video/v3/turbo/pro/text-to-video"
START = "from storyboard.cli.main import main; main()"
QUICK = ("--speed", "10000", "--height", "36")


def begin(*options: str) -> "subprocess.Popen[str]":
    return subprocess.Popen(  # noqa: S603 -- the command under test
        [sys.executable, "-c", START, "emulator", *options],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def first_line(process: "subprocess.Popen[str]") -> dict[str, str]:
    assert process.stdout is not None
    urls: dict[str, str] = json.loads(process.stdout.readline())
    return urls


def post(urls: dict[str, str], prompt: str) -> dict[str, str]:
    with caller("k") as fal:
        given: dict[str, str] = fal.post(
            f"{urls['queue_url']}/{T2V}", json={"prompt": prompt}
        ).json()
        return given


def test_a_killed_process_goes_on_where_it_was(tmp_path: Path) -> None:
    """Killed and started again, it has its URLs, its requests and its charges, each once."""
    options = ("--state", str(tmp_path / "s"), "--ledger", str(tmp_path / "l"), *QUICK)
    process = begin(*options, "--port", str(own_port()))
    with process:
        urls = first_line(process)
        given = post(urls, "before")
        process.send_signal(signal.SIGKILL)
    process = begin(*options)
    with process:
        assert first_line(process) == urls
        with caller("k") as fal:
            while fal.get(given["status_url"]).status_code != 200:
                pass
            url = fal.get(given["response_url"]).json()["video"]["url"]
            assert get(url).status_code == 200
        process.send_signal(signal.SIGTERM)
    lines = (tmp_path / "l").read_text(encoding="utf-8").splitlines()
    assert [json.loads(line)["request_id"] for line in lines] == [given["request_id"]]


def test_a_child_has_the_urls_it_had_before(tmp_path: Path) -> None:
    with child(tmp_path, None, (*QUICK, "--port", str(own_port()))) as first:
        assert first.queue_url.startswith("http://127.0.0.1:")
    with child(tmp_path, None, QUICK) as second:
        assert second == first
    with pytest.raises(httpx.ConnectError):
        get(second.queue_url)


def test_ports_that_were_free_are_had_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(serve, "bind", lambda port: bind(port or own_port()))
    seen = []
    for _ in range(2):
        with serve.serving(made(tmp_path, Scenario())) as standing:
            seen.append((standing.urls, (tmp_path / "state" / "ports.json").read_text("utf-8")))
    assert seen[0] == seen[1]


def test_a_child_says_why_it_did_not_start(tmp_path: Path) -> None:
    scenario = tmp_path / "night.yaml"
    scenario.write_text("scenario: 1\nrules: [{on: submit, fault: drap}]\n", encoding="utf-8")
    with pytest.raises(DidNotStart, match="drap"), child(tmp_path / "s", scenario):
        pass


def test_a_taken_port_is_said(tmp_path: Path) -> None:
    with child(tmp_path, None, QUICK) as urls:
        process = begin("--port", urls.queue_url.rpartition(":")[2])
        with process:
            _, said = process.communicate(timeout=PATIENCE)
        assert process.returncode == 7
        assert "choose another --port" in said


def test_a_folder_is_that_of_one_stand_in(tmp_path: Path) -> None:
    with child(tmp_path, None, QUICK):
        process = begin("--state", str(tmp_path))
        with process:
            _, said = process.communicate(timeout=PATIENCE)
        assert process.returncode == 7
        assert f"uses {tmp_path}" in said
        assert "process " in said
        assert "choose another --state" in said
        with pytest.raises(DidNotStart, match="uses"), child(tmp_path, None, QUICK):
            pass
    assert holder_of(tmp_path) is None
    with child(tmp_path, None, QUICK):
        assert holder_of(tmp_path) is not None


def test_where_another_program_has_its_port_it_takes_a_free_one_and_the_old_one_later(
    tmp_path: Path,
) -> None:
    with child(tmp_path, None, (*QUICK, "--port", str(own_port()))) as first:
        port = int(first.queue_url.rpartition(":")[2])
    with socket.socket() as other:
        other.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        other.bind(("127.0.0.1", port))
        other.listen()
        with child(tmp_path, None, QUICK) as second:
            assert second != first
            assert get(second.queue_url).status_code == 405
    with child(tmp_path, None, QUICK) as third:
        assert third == first


AT_CTRL_C = """
import pathlib, signal, sys, time, httpx
from storyboard.emulator.child_process import child
with child(pathlib.Path(sys.argv[1])) as urls:
    signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGINT])
    print("ready", flush=True)
    signal.sigwait([signal.SIGINT])
    time.sleep(1)  # one that has heard it has ended by then
    print(httpx.get(urls.queue_url, trust_env=False, timeout=120).status_code)
"""


def test_ctrl_c_at_a_terminal_leaves_the_stand_in_to_the_run_that_uses_it(tmp_path: Path) -> None:
    with subprocess.Popen(  # noqa: S603 -- our own words
        [sys.executable, "-c", AT_CTRL_C, str(tmp_path)],
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        os.killpg(process.pid, signal.SIGINT)
        assert process.communicate(timeout=PATIENCE)[0] == "405\n"
