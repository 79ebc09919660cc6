"""A web server on this machine that serves releases, and one that misbehaves in every way that servers do."""

from __future__ import annotations

import gzip
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

ANSWERS = (
    "good", "slow", "redirected", "flaky", "truncated", "short", "long", "altered", "failing", "missing", "silent",
    "page", "packed", "elsewhere", "garbled",
)  # fmt: skip
"""Each is the first part of a path: `/slow/index.json` is the index, slowly."""


class Handler(BaseHTTPRequestHandler):
    """Answers as the first part of the path says."""

    folder: Path
    asked: list[str]
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        """Serve a file, well or badly."""
        self.asked.append(self.path)
        manner, _, name = self.path[1:].partition("/")
        path = self.folder / name
        data = path.read_bytes() if path.is_file() else b""
        zipped = name.endswith(".zip")
        self.close_connection = True
        match manner:
            case "redirected":
                self._send(302, b"", Location=f"/good/{name}")
            case "elsewhere":
                self._send(302, b"", Location="file:///etc/passwd")
            case "flaky" if self.asked.count(self.path) == 1:
                self._send(503, b"not yet")
            case "failing":
                self._send(500, b"no")
            case "missing":
                self._send(404 if zipped else 200, data)
            case "page":
                self._send(200, b"<!doctype html><title>Please sign in</title>")
            case "silent":
                time.sleep(1.5)
            case "garbled":
                self.wfile.write(b"HTTP/1.1 banana\r\n\r\n")
            case "packed":
                self._send(200, gzip.compress(bytes(len(data) * 1000)), **{"Content-Encoding": "gzip"})
            case "truncated" if zipped:
                self._send(200, data[: len(data) // 2], length=len(data))
            case "short" if zipped:
                self._send(200, data, length=len(data) - 1)
            case "long" if zipped:
                self._send(200, data, length=len(data) + 1)
            case "altered" if zipped:
                self._send(200, data[:1000] + bytes([data[1000] ^ 1]) + data[1001:])
            case "slow":
                self._send(200, data, pause=0.02)
            case _:
                self._send(200 if data else 404, data)

    def _send(self, status: int, data: bytes, length: int | None = None, pause: float = 0, **headers: str) -> None:
        self.send_response(status)
        self.send_header("Content-Length", str(len(data) if length is None else length))
        self.send_header("Connection", "close")
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        step = max(1, len(data) // 10) if pause else max(1, len(data))
        for start in range(0, len(data), step):
            self.wfile.write(data[start : start + step])
            self.wfile.flush()
            time.sleep(pause)

    def log_message(self, *words: object) -> None:
        """Nothing is logged."""


@contextmanager
def served(folder: Path) -> Iterator[tuple[str, list[str]]]:
    """The address of a server of that folder, and the paths that it was asked for."""
    asked: list[str] = []
    handler = type("Serving", (Handler,), {"folder": folder, "asked": asked})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, args=(0.05,))
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}", asked
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
