#!/usr/bin/env bash
# httpx 0.28.1: a request is answered with a redirect whose address is a URI that is not a web address, and
# redirects are not followed (follow_redirects=False).
# Expected: the response comes back with status 303 and its Location header, as it was not to be followed.
# Seen: httpx.InvalidURL is raised, which looks like a request that was never sent. The server has handled it.
# So an InvalidURL does not prove that a POST had no effect.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"${PYTHON:-python3}" -m venv "$folder/env"
"$folder/env/bin/python" -m pip install --quiet --disable-pip-version-check httpx==0.28.1
"$folder/env/bin/python" - <<'PYTHON'
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import httpx

handled = []


class Handler(BaseHTTPRequestHandler):
    def do_POST(self):
        handled.append(self.rfile.read(int(self.headers["Content-Length"])))
        self.send_response(303)
        self.send_header("Location", "urn:isbn:9780262033848")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_):
        pass


server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
threading.Thread(target=server.serve_forever, daemon=True).start()
address = f"http://127.0.0.1:{server.server_port}/"
try:
    answer = httpx.post(address, content=b"order", follow_redirects=False, trust_env=False)
    seen = f"status {answer.status_code}"
except httpx.InvalidURL as error:
    seen = f"InvalidURL: {error}"
print(f"httpx {httpx.__version__}: {seen}; the server handled {len(handled)} request(s)")
assert handled == [b"order"]
assert seen.startswith("InvalidURL"), "httpx returns the response now"
PYTHON
