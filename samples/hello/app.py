"""A web app on nothing but the standard library, which shows what its instance was given."""

from __future__ import annotations

import argparse
import json
import logging
import os
import signal
import threading
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import facts
from counter import Counter
from manifest import Manifest, read_manifest
from page import render_page

ROOT = Path(__file__).resolve().parent
ASSETS = {
    "/page.css": (ROOT / "page/page.css", "text/css; charset=utf-8"),
    "/page.js": (ROOT / "page/page.js", "text/javascript; charset=utf-8"),
    "/icon.png": (ROOT / "static/icon.png", "image/png"),
}
SECURITY_HEADERS = {
    "Content-Security-Policy": "default-src 'self'; base-uri 'none'; form-action 'self'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
}

MAX_BODY_BYTES = 1_000

log = logging.getLogger("hello")


class HelloServer(ThreadingHTTPServer):
    """Knows what its handlers need; on close it waits for the requests that it has begun."""

    daemon_threads = False

    def __init__(self, address: tuple[str, int], manifest: Manifest, volume: Path) -> None:
        self.manifest = manifest
        self.volume = volume
        self.counter = Counter(volume)
        super().__init__(address, HelloHandler)


class HelloHandler(BaseHTTPRequestHandler):
    server: HelloServer
    server_version = "hello"
    sys_version = ""
    timeout = 5

    def do_GET(self) -> None:
        path = self.path.split("?", 1)[0]
        if path == "/":
            self._send(HTTPStatus.OK, "text/html; charset=utf-8", render_page(self._facts()).encode())
        elif path == "/facts.json":
            body = json.dumps(self._facts(), ensure_ascii=False)
            self._send(HTTPStatus.OK, "application/json; charset=utf-8", body.encode())
        elif path == "/healthz":
            self._send_text(HTTPStatus.OK, "ok\n")
        elif path in ASSETS:
            file, content_type = ASSETS[path]
            self._send(HTTPStatus.OK, content_type, file.read_bytes())
        else:
            self._send_text(HTTPStatus.NOT_FOUND, "Nothing is here.\n")

    do_HEAD = do_GET

    def do_POST(self) -> None:
        self.rfile.read(min(int(self.headers.get("Content-Length") or 0), MAX_BODY_BYTES))
        if self.path != "/count":
            self._send_text(HTTPStatus.NOT_FOUND, "Nothing is here.\n")
            return
        try:
            value = self.server.counter.add_one()
        except OSError as error:
            log.error("the counter could not be written: %s", error)
            message = f"The counter could not be written: {error.strerror}.\n"
            self._send_text(HTTPStatus.INSUFFICIENT_STORAGE, message)
            return
        log.info("counter is now %d", value)
        self._send(HTTPStatus.SEE_OTHER, "text/plain; charset=utf-8", b"", {"Location": "./"})

    def _facts(self) -> dict[str, object]:
        server = self.server
        return {
            "title": server.manifest.title,
            "greeting": os.environ.get("HELLO_GREETING", "Hello"),
            "instance": facts.instance(),
            "uptimeSeconds": facts.uptime_seconds(),
            "process": facts.process_facts(),
            "counter": {"value": server.counter.value(), "kept": server.counter.is_kept},
            "volume": facts.volume(server.volume, server.manifest),
            "files": facts.laid_files(ROOT, server.manifest),
            "identity": facts.identity(self.headers.items()),
            "environment": facts.environment(server.manifest),
        }

    def _send_text(self, status: HTTPStatus, text: str) -> None:
        self._send(status, "text/plain; charset=utf-8", text.encode())

    def _send(self, status: HTTPStatus, content_type: str, body: bytes, extra: dict[str, str] | None = None) -> None:
        self.send_response(status)
        headers = {"Content-Type": content_type, "Content-Length": str(len(body)), "Cache-Control": "no-store"}
        for name, value in {**headers, **SECURITY_HEADERS, **(extra or {})}.items():
            self.send_header(name, value)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        if getattr(self, "path", "") != "/healthz":
            log.info("%s %s", self.address_string(), format % args)


def main() -> None:
    manifest = read_manifest(ROOT / "app.toml")
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, default=manifest.port, help="where to listen (default: %(default)s)")
    parser.add_argument(
        "--volume", type=Path, default=Path(manifest.volume), help="where the counter is kept (default: %(default)s)"
    )
    options = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(message)s")

    with HelloServer(("0.0.0.0", options.port), manifest, options.volume) as server:
        _stop_on_signals(server)
        log.info("listening on port %d, counter at %d%s", options.port, server.counter.value(), _where(server))
        server.serve_forever(poll_interval=0.2)
        log.info("no longer listening, letting open requests end")
    log.info("stopped after %d s", facts.uptime_seconds())


def _where(server: HelloServer) -> str:
    return f", kept on {server.volume}" if server.counter.is_kept else f", in memory: {server.volume} is not writable"


def _stop_on_signals(server: HelloServer) -> None:
    def stop(number: int, _frame: object) -> None:
        log.info("received %s", signal.Signals(number).name)
        # shutdown() waits for serve_forever(), which this handler interrupts: it needs a thread of its own.
        threading.Thread(target=server.shutdown).start()

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)


if __name__ == "__main__":
    main()
