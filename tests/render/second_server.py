"""What stands behind the second provider: jobs, files and films, on a free port of loopback."""

import json
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, TypeAlias

Said: TypeAlias = tuple[int, Any] | None
"""A status and a body; None closes the connection without a word."""

STATES = ("waiting", "working", "done")


@dataclass
class Server:
    """Its account. `drop` submits are taken and not answered, `busy` ones are sent away before."""

    drop: int = 0
    busy: int = 0
    jobs: list[dict[str, Any]] = field(default_factory=list)
    files: dict[str, bytes] = field(default_factory=dict)
    keys: list[tuple[str, str | None]] = field(default_factory=list)

    def open(self) -> ThreadingHTTPServer:
        """Listen; `serve_forever` answers."""
        return ThreadingHTTPServer(("127.0.0.1", 0), type("Of", (_Handler,), {"account": self}))

    def post(self, path: str, said: dict[str, Any], here: str) -> Said:
        """Take a file or a job."""
        if path == "/v2/files":
            self.files[said["name"]] = bytes.fromhex(said["hex"])
            return 200, {"where": f"{here}/files/{said['name']}"}
        if self.busy:
            self.busy -= 1
            return 429, {}
        job, at = str(len(self.jobs) + 1), datetime.now(UTC).isoformat()
        self.jobs.append(
            {"job": job, "body": said, "at": at, "film": f"{here}/films/{job}", "n": 0}
        )
        return None if len(self.jobs) <= self.drop else (201, {"job": job})

    def get(self, path: str) -> Said:
        """Tell of jobs, and give films."""
        name = path.rpartition("/")[2]
        if path == "/v2/jobs":
            return 200, self.jobs
        if not name.isdecimal() or int(name) > len(self.jobs):
            return 404, {}
        job = self.jobs[int(name) - 1]
        if path.startswith("/films/"):
            return 200, b"clip 5 " + json.dumps(job["body"]).encode()
        job["n"] += 1
        return 200, {"state": STATES[min(job["n"], len(STATES)) - 1], **job}


class _Handler(BaseHTTPRequestHandler):
    account: Server

    def do_POST(self) -> None:
        said = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        port = self.connection.getsockname()[1]
        self._say(self.account.post(self.path, said, f"http://127.0.0.1:{port}"))

    def do_GET(self) -> None:
        self._say(self.account.get(self.path))

    def _say(self, said: Said) -> None:
        self.account.keys.append((self.path, self.headers.get("Authorization")))
        if said is None:
            self.close_connection = True
            return
        code, body = said
        data = body if isinstance(body, bytes) else json.dumps(body).encode()
        self.send_response(code)
        self.send_header("Content-Type", "video/mp4" if data is body else "application/json")
        self.send_header("Content-Length", str(len(data)))
        self.send_header("Retry-After", "1")
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *_: object) -> None:
        return
