"""Words drawn by headless Chromium, with the shipped fonts and no others."""

import json
from base64 import b64decode
from collections.abc import Sequence
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler
from io import BytesIO
from pathlib import Path
from queue import Queue

import numpy as np
from browser_page import shown
from chromium import headless
from numpy.typing import NDArray
from PIL import Image

from storyboard.media.text.bidi import Direction

PAGE = """<!doctype html><meta charset=utf-8><body><script>
const {words, fonts, size, width, height, x, y} = %s;
const run = async () => {
  const names = [];
  for (let at = 0; at < fonts; at++) {
    const face = new FontFace('f' + at, `url(/font/${at})`);
    document.fonts.add(await face.load());
    names.push('f' + at);
  }
  for (const [text, direction] of words) {
    const canvas = document.createElement('canvas');
    canvas.width = width; canvas.height = height;
    const pen = canvas.getContext('2d');
    pen.fillStyle = '#fff';
    pen.font = size + 'px ' + names.join(',');
    pen.textRendering = 'geometricPrecision';
    pen.textAlign = 'left';
    pen.direction = direction;
    pen.fillText(text, x, y);
    await fetch('/drawn', {method: 'POST', body: canvas.toDataURL('image/png').split(',')[1]});
  }
};
run().catch(problem => fetch('/failed', {method: 'POST', body: String(problem)}));
</script>"""

PATIENCE = 120
Picture = NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class Sheet:
    """The size of pictures, of letters, and where the pen begins; all in pixels."""

    width: int
    height: int
    size: int
    x: int
    y: int


def draw(
    program: str, words: Sequence[tuple[str, Direction]], fonts: Sequence[Path], sheet: Sheet
) -> list[Picture]:
    """Draw each text in white on nothing: pictures of red, green, blue and alpha."""
    told: Queue[bytes | str] = Queue()
    page = PAGE % json.dumps(
        {
            "words": list(words),
            "fonts": len(fonts),
            "size": sheet.size,
            "width": sheet.width,
            "height": sheet.height,
            "x": sheet.x,
            "y": sheet.y,
        }
    )
    launch = headless(program, "--font-render-hinting=none")
    with shown(launch, _handler(page, fonts, told)):
        return [_picture(told.get(timeout=PATIENCE)) for _ in words]


def _picture(told: bytes | str) -> Picture:
    assert isinstance(told, bytes), told
    return np.asarray(Image.open(BytesIO(told)).convert("RGBA"))


def _handler(
    page: str, fonts: Sequence[Path], told: "Queue[bytes | str]"
) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            if self.path.startswith("/font/"):
                self._send(fonts[int(self.path[6:])].read_bytes(), "font/sfnt")
            else:
                self._send(page.encode(), "text/html")

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            told.put(b64decode(body) if self.path == "/drawn" else body.decode())
            self._send(b"", "text/plain")

        def _send(self, body: bytes, kind: str) -> None:
            self.send_response(200)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    return Handler
