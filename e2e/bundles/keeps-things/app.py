"""Leaves things in a browser, and holds a WebSocket that comes back whenever it is lost."""

import base64
import hashlib
import os
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

PAGE = """<!doctype html>
<title>Keeps things</title>
<h1>This is {instance}</h1>
<p id="path">{path}</p>
<p id="found"></p>
<script>
  document.getElementById('found').textContent = JSON.stringify([localStorage.left ?? null, document.cookie])
  let attempts = 0
  function connect() {{
    attempts += 1
    const socket = new WebSocket(`${{location.protocol === 'https:' ? 'wss' : 'ws'}}://${{location.host}}/socket`)
    socket.onclose = () => setTimeout(connect, 150)
    // Long after anybody pressed anything.
    if (attempts === 2 && location.search.includes('reloads')) setTimeout(() => location.reload(), 7000)
  }}
  connect()
  function leave() {{
    localStorage.left = 'by {instance}'
    document.cookie = 'left=1; path=/'
    document.cookie = 'deep=1; path=/deep'
  }}
</script>
"""


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        if self.headers.get("Upgrade", "").lower() == "websocket":
            return self.hold_socket()
        instance = os.environ["H2O_CLOUD_INSTANCE_ID"]
        body = PAGE.format(instance=instance, path=self.path).encode()
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def hold_socket(self):
        key = self.headers["Sec-WebSocket-Key"] + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"
        accept = base64.b64encode(hashlib.sha1(key.encode()).digest()).decode()
        self.send_response(101)
        self.send_header("Upgrade", "websocket")
        self.send_header("Connection", "Upgrade")
        self.send_header("Sec-WebSocket-Accept", accept)
        self.end_headers()
        self.wfile.flush()
        self.close_connection = True
        while self.rfile.read(1):
            pass


ThreadingHTTPServer(("0.0.0.0", 8000), Handler).serve_forever()
