"""A YAML language server of the kind that editors run, spoken to over its standard streams."""

import json
import subprocess
import threading
from dataclasses import dataclass, field
from pathlib import Path
from queue import Queue
from typing import IO, Any, TypeAlias

Message: TypeAlias = dict[str, Any]

PATIENCE = 120
"""The seconds after which a silent server fails a test."""

TRIES = 100
"""How often a server that has just begun is asked before it knows its schemas."""

CURSOR = "|"
"""Stands in a text where the cursor is."""


@dataclass(frozen=True, slots=True)
class Item:
    """A completion: its label, what it inserts, what is said of it, and whether it is a key."""

    label: str
    text: str
    about: str
    is_key: bool


@dataclass(slots=True)
class LanguageServer:
    """A running server: asks, and answers what the server asks."""

    process: "subprocess.Popen[bytes]"
    schemas: dict[str, str]
    _heard: "Queue[Message]" = field(default_factory=Queue)
    _sent: int = 0
    _opened: int = 0
    _found: dict[str, list[str]] = field(default_factory=dict)
    _listener: threading.Thread | None = None

    def begin(self) -> None:
        """Shake hands and name the schemas."""
        self._listener = threading.Thread(target=self._listen, daemon=True)
        self._listener.start()
        formats = {"documentationFormat": ["markdown", "plaintext"], "snippetSupport": True}
        text_document: Message = {
            "completion": {"completionItem": formats},
            "hover": {"contentFormat": ["markdown", "plaintext"]},
            "publishDiagnostics": {},
        }
        able = {"textDocument": text_document, "workspace": {"configuration": True}}
        self.ask("initialize", {"processId": None, "rootUri": None, "capabilities": able})
        self.tell("initialized", {})
        self.tell("workspace/didChangeConfiguration", {"settings": {"yaml": self._settings()}})
        # It asks for its settings when it likes, and until then knows no schema.
        answers = (self.complete(CURSOR) for _ in range(TRIES))
        assert any(one.is_key for found in answers for one in found)

    def complete(self, text: str, kind: str = "storyboard") -> list[Item]:
        """Return what is offered at the cursor of a text."""
        place = self._place(text)
        uri = self._open(text.replace(CURSOR, "", 1), kind)
        asked = {"textDocument": {"uri": uri}, "position": place}
        found = self.ask("textDocument/completion", asked)
        return [_item(one) for one in found["items"]]

    def hover(self, text: str, kind: str = "storyboard") -> str:
        """Return what is shown over the place of the cursor."""
        place = self._place(text)
        uri = self._open(text.replace(CURSOR, "", 1), kind)
        found = self.ask("textDocument/hover", {"textDocument": {"uri": uri}, "position": place})
        return _text(found["contents"]) if found else ""

    def wrong(self, text: str, kind: str = "storyboard") -> list[str]:
        """Return what the server finds wrong with a text."""
        uri = self._open(text, kind)
        while uri not in self._found:
            self._answer(self._heard.get(timeout=PATIENCE))
        return self._found[uri]

    def ask(self, method: str, params: Message) -> Any:  # noqa: ANN401 # what the method gives
        """Send a request and return its result."""
        self._sent += 1
        number = self._sent
        self._send({"id": number, "method": method, "params": params})
        while True:
            message = self._heard.get(timeout=PATIENCE)
            if message.get("id") == number and "method" not in message:
                assert "error" not in message, message["error"]
                return message["result"]
            self._answer(message)

    def tell(self, method: str, params: Message) -> None:
        """Send a notification."""
        self._send({"method": method, "params": params})

    def end(self) -> None:
        """Stop the server."""
        self.ask("shutdown", {})
        self.tell("exit", {})
        self._pipe(self.process.stdin).close()
        self.process.wait(PATIENCE)
        if self._listener is not None:
            self._listener.join(PATIENCE)
        self._pipe(self.process.stdout).close()

    def _settings(self) -> Message:
        schemas = {uri: f"*.{kind}.yaml" for kind, uri in self.schemas.items()}
        return {"schemas": schemas, "schemaStore": {"enable": False}, "hover": True}

    def _open(self, text: str, kind: str) -> str:
        self._opened += 1
        uri = f"file:///films/{self._opened}.{kind}.yaml"
        document = {"uri": uri, "languageId": "yaml", "version": 1, "text": text}
        self.tell("textDocument/didOpen", {"textDocument": document})
        return uri

    def _place(self, text: str) -> Message:
        before = text[: text.index(CURSOR)]
        return {"line": before.count("\n"), "character": len(before) - before.rfind("\n") - 1}

    def _answer(self, message: Message) -> None:
        """Answer what the server asks, and keep what it finds wrong."""
        if message.get("method") == "textDocument/publishDiagnostics":
            found = message["params"]
            self._found[found["uri"]] = [one["message"] for one in found["diagnostics"]]
        elif message.get("method") == "workspace/configuration":
            settings = {"yaml": self._settings()}
            wanted = [settings.get(one["section"]) for one in message["params"]["items"]]
            self._send({"id": message["id"], "result": wanted})
        elif "id" in message and "method" in message:
            self._send({"id": message["id"], "result": None})

    def _send(self, message: Message) -> None:
        data = json.dumps({"jsonrpc": "2.0", **message}).encode()
        pipe = self._pipe(self.process.stdin)
        pipe.write(b"Content-Length: %d\r\n\r\n" % len(data) + data)
        pipe.flush()

    def _listen(self) -> None:
        pipe = self._pipe(self.process.stdout)
        while line := pipe.readline():
            length = int(line.partition(b":")[2])
            while pipe.readline().strip():
                pass
            self._heard.put(json.loads(pipe.read(length)))

    @staticmethod
    def _pipe(pipe: IO[bytes] | None) -> IO[bytes]:
        assert pipe is not None
        return pipe


def start(node: str, program: Path, schemas: dict[str, str]) -> LanguageServer:
    """Start the server; `schemas` are addresses of schemas by the kind in a file's name."""
    pipe = subprocess.PIPE
    process = subprocess.Popen([node, str(program), "--stdio"], stdin=pipe, stdout=pipe)  # noqa: S603
    server = LanguageServer(process, schemas)
    server.begin()
    return server


def _item(found: Message) -> Item:
    text = found.get("textEdit", {}).get("newText", found.get("insertText", ""))
    return Item(found["label"], text, _text(found.get("documentation", "")), found["kind"] == 10)


def _text(found: Any) -> str:  # noqa: ANN401 # a text, or a mapping with one
    return str(found["value"] if isinstance(found, dict) else found)
