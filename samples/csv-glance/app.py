"""A web app that reads an uploaded CSV file, shows what is in it, and forgets it."""

from __future__ import annotations

import argparse
import logging
import signal
import sys
import threading
import time
from pathlib import Path

from flask import Flask, Response, render_template, request
from waitress import serve
from werkzeug.exceptions import RequestEntityTooLarge

import show
from profile_table import profile_table
from table import NotATable

ROOT = Path(__file__).resolve().parent
MAX_UPLOAD_BYTES = 10 * 2**20

log = logging.getLogger("csv-glance")

_one_at_a_time = threading.Lock()
"""Tables can be large, and the memory of an instance is limited."""

app = Flask(__name__)
app.config["MAX_CONTENT_LENGTH"] = MAX_UPLOAD_BYTES
app.jinja_env.globals["show"] = show


@app.get("/")
def start() -> str:
    return render_template("start.html", problem=None, limit=show.size(MAX_UPLOAD_BYTES))


@app.post("/")
def look() -> str | tuple[str, int]:
    """Reads in memory and answers with the page: nothing is kept, so there is nothing to clean up."""
    file = request.files.get("file")
    if file is None or not file.filename:
        return problem("Choose a CSV file first.", 400)
    return look_at(file.filename, file.stream.read())


@app.get("/example")
def example() -> str | tuple[str, int]:
    return look_at("bike-rides.csv", (ROOT / "bike-rides.csv").read_bytes())


@app.get("/healthz")
def health() -> Response:
    return Response("ok\n", mimetype="text/plain")


@app.errorhandler(RequestEntityTooLarge)
def too_large(_error: RequestEntityTooLarge) -> tuple[str, int]:
    return problem(f"The file is larger than {show.size(MAX_UPLOAD_BYTES)}. Drop a part of it.", 413)


@app.after_request
def harden(response: Response) -> Response:
    response.headers["Content-Security-Policy"] = (
        "default-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'self'"
    )
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cache-Control"] = "no-store" if request.endpoint != "static" else "max-age=3600"
    return response


def look_at(name: str, content: bytes) -> str | tuple[str, int]:
    began = time.perf_counter()
    try:
        with _one_at_a_time:
            profile = profile_table(name, content)
    except NotATable as error:
        log.info("refused a file of %d bytes: %s", len(content), error)
        return problem(str(error), 422)
    seconds = time.perf_counter() - began
    log.info("read %d rows of %d columns in %.2f s", profile.rows, len(profile.columns), seconds)
    return render_template("profile.html", profile=profile, seconds=seconds)


def problem(message: str, status: int) -> tuple[str, int]:
    return render_template("start.html", problem=message, limit=show.size(MAX_UPLOAD_BYTES)), status


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, default=8000, help="where to listen (default: %(default)s)")
    options = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(message)s")
    signal.signal(signal.SIGTERM, stop)
    log.info("listening on port %d", options.port)
    serve(app, host="0.0.0.0", port=options.port, threads=4, ident=None, max_request_body_size=2 * MAX_UPLOAD_BYTES)


def stop(_number: int, _frame: object) -> None:
    log.info("received SIGTERM, stopping")
    sys.exit(0)  # Waitress takes this as the word to let its threads end.


if __name__ == "__main__":
    main()
