"""Show films in a headless browser: where each seek lands, and whether each plays through."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from queue import Queue
from typing import Any

from browser_page import Launch, shown

PAGE = """<!doctype html><meta charset=utf-8><body><script>
const films = %s, bits = 12;
const canvas = document.createElement('canvas');
const pen = canvas.getContext('2d', {willReadFrequently: true});
const number = v => {
  const w = canvas.width = v.videoWidth, h = canvas.height = v.videoHeight;
  pen.drawImage(v, 0, 0, w, h);
  const top = Math.floor(h * 2 / 5), left = Math.floor(w * 3 / 10), span = Math.floor(w * 4 / 10);
  let found = 0;
  for (let bit = 0; bit < bits; bit++) {
    const x = left + Math.floor((2 * bit + 1) * span / (2 * bits));
    const seen = pen.getImageData(x, top + Math.floor(h / 10), 1, 1).data[1];
    if (seen > 128) found |= 1 << bit;
  }
  return found;
};
// "seeked" may come before the frame is painted, and a paint may be of the frame before: so wait
// for the paint of that moment's frame. One that is shown already is not painted again. Chromium
// says where a frame begins, Firefox the moment that was sought inside it.
const painted = (v, n, fps) => new Promise(done => {
  const look = (_, {mediaTime}) => {
    const inside = mediaTime * fps - n;
    if (inside > -0.1 && inside < 0.9) done(); else v.requestVideoFrameCallback(look);
  };
  v.requestVideoFrameCallback(look);
  setTimeout(done, 5000);
});
const watch = async (film, at) => {
  const told = {frames: [], duration: 0, ended: false, error: null};
  const v = document.createElement('video');
  v.muted = true; v.preload = 'auto';
  document.body.appendChild(v);
  const event = name => new Promise((done, failed) => {
    v.addEventListener(name, done, {once: true});
    v.addEventListener('error', () => failed(v.error.message), {once: true});
  });
  try {
    const ready = event('canplaythrough'), first = painted(v, 0, film.fps);
    v.src = '/film/' + at;
    await ready;
    await first;
    told.duration = v.duration;
    let shown = 0;
    for (const n of film.asked) {
      if (n === shown) { told.frames.push(number(v)); continue; }
      const landed = event('seeked'), drawn = painted(v, n, film.fps);
      v.currentTime = (n + 0.5) / film.fps;
      await landed;
      await drawn;
      told.frames.push(number(v));
      shown = n;
    }
    const back = event('seeked');
    v.currentTime = 0;
    await back;
    v.playbackRate = 4;
    const ended = event('ended');
    await v.play();
    await ended;
    told.ended = true;
  } catch (problem) { told.error = String(problem); }
  v.removeAttribute('src'); v.load(); v.remove();
  return told;
};
const run = async () => {
  for (let at = 0; at < films.length; at++)
    await fetch('/told', {method: 'POST', body: JSON.stringify(await watch(films[at], at))});
};
run();
</script>"""

PATIENCE = 300
PLAYING = ("--mute-audio", "--autoplay-policy=no-user-gesture-required")
"""What Chromium is told so that a page may play films."""


@dataclass(frozen=True, slots=True)
class Showing:
    """A film to be watched: its rate, and the frames to seek to."""

    film: Path
    fps: Fraction
    asked: Sequence[int]


@dataclass(frozen=True, slots=True)
class Watched:
    """What the browser showed: the number in each frame that was sought, and how playing ended."""

    frames: tuple[int, ...]
    duration: float
    ended: bool
    error: str | None


def watch(launch: Launch, showings: Sequence[Showing]) -> list[Watched]:
    """Seek to the middle of each frame that is asked for, then play each film to its end."""
    told: Queue[dict[str, Any]] = Queue()
    with shown(launch, _handler(showings, told)):
        return [_watched(told.get(timeout=PATIENCE)) for _ in showings]


def _watched(told: dict[str, Any]) -> Watched:
    return Watched(tuple(told["frames"]), told["duration"], told["ended"], told["error"])


def _handler(
    showings: Sequence[Showing], told: "Queue[dict[str, Any]]"
) -> type[BaseHTTPRequestHandler]:
    films = [{"fps": float(one.fps), "asked": list(one.asked)} for one in showings]

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            if not self.path.startswith("/film/"):
                page = PAGE % json.dumps(films)
                self._send(200, page.encode(), {"Content-Type": "text/html"})
                return
            data = showings[int(self.path[6:])].film.read_bytes()
            first, _, last = self.headers.get("Range", "bytes=0-")[6:].partition("-")
            start, end = int(first), int(last) if last else len(data) - 1
            span = f"bytes {start}-{end}/{len(data)}"
            head = {"Content-Type": "video/mp4", "Accept-Ranges": "bytes", "Content-Range": span}
            self._send(206, data[start : end + 1], head)

        def do_POST(self) -> None:
            told.put(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            self._send(200, b"", {})

        def _send(self, status: int, body: bytes, head: dict[str, str]) -> None:
            self.send_response(status)
            for name, value in {**head, "Content-Length": str(len(body))}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    return Handler
