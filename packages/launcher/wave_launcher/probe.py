"""Asks an address until something there answers in HTTP."""

import re
import socket
import threading
import time

INTERVAL_S = 0.01
ANSWER_TIMEOUT_S = 30.0
DRAIN_S = 0.2
# How long an app that answers on loopback has for its other addresses.
LOOPBACK_PATIENCE_S = 2.0
STATUS_LINE = re.compile(rb"HTTP/\d(\.\d)? \d{3}[ \r\n]")
LOOPBACKS = ("127.0.0.1", "::1")


class Probe:
    """Puts `('answered', name)`, or `('loopback_only', name)`, into the queue, once."""

    def __init__(self, name, port, hosts, happenings):
        self.name = name
        self.port = port
        self._hosts = hosts
        self._happenings = happenings
        self._ended = threading.Event()
        threading.Thread(target=self._run, daemon=True).start()

    def end(self):
        self._ended.set()

    def _run(self):
        loopback_since = None
        while not self._ended.is_set():
            if any(answers(host, self.port) for host in self._hosts):
                self._happenings.put(("answered", self.name))
                return
            if loopback_since is None and any(answers(host, self.port) for host in LOOPBACKS):
                loopback_since = time.monotonic()
            if loopback_since is not None and time.monotonic() - loopback_since > LOOPBACK_PATIENCE_S:
                self._happenings.put(("loopback_only", self.name))
                return
            self._ended.wait(INTERVAL_S)


def answers(host, port):
    try:
        with socket.create_connection((host, port), timeout=ANSWER_TIMEOUT_S) as connection:
            request = f"GET / HTTP/1.1\r\nHost: localhost:{port}\r\nAccept: */*\r\nConnection: close\r\n\r\n"
            connection.sendall(request.encode())
            good = STATUS_LINE.match(first_bytes(connection)) is not None
            drain(connection)
            return good
    except OSError:
        return False


def first_bytes(connection):
    data = b""
    while len(data) < 16:
        more = connection.recv(4096)
        if not more:
            break
        data += more
    return data


def drain(connection):
    """Reads the rest, for a while: an app whose answer is cut off logs an error on its first request."""
    deadline = time.monotonic() + DRAIN_S
    try:
        while time.monotonic() < deadline:
            connection.settimeout(DRAIN_S)
            if not connection.recv(1 << 16):
                return
    except OSError:
        pass
