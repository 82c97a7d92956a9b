"""Leads from the store's own address, where that is one of loopback, to the socket at which the store answers."""

import socket
import threading
import time

from log import say

MOST_CONNECTIONS = 32
CHUNK = 1 << 16


class StoreRelay:
    """Listens beside the app on its own loopback; lives as long as the launcher."""

    def __init__(self, port, path):
        self._path = path
        self._places = threading.BoundedSemaphore(MOST_CONNECTIONS)
        addresses = [(socket.AF_INET, "127.0.0.1"), (socket.AF_INET6, "::1")]
        listeners = [listen(family, host, port) for family, host in addresses]
        for listener in filter(None, listeners):
            start(self._accept, listener)
        if not any(listeners):
            say(f"the store cannot be reached: port {port} of loopback is taken or not allowed")

    def _accept(self, listener):
        while True:
            try:
                client, _ = listener.accept()
            except OSError:
                # Too many files are open: the app's doing, and it may pass.
                time.sleep(0.1)
                continue
            if self._places.acquire(blocking=False):
                start(self._serve, client)
            else:
                client.close()

    def _serve(self, client):
        try:
            with client, socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as store:
                store.connect(self._path)
                back = start(pump, store, client)
                pump(client, store)
                back.join()
        except OSError:
            # The store is away for a moment; whoever asked sees a closed connection and tries again.
            pass
        finally:
            self._places.release()


def listen(family, host, port):
    try:
        listener = socket.socket(family, socket.SOCK_STREAM)
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((host, port))
        listener.listen()
        return listener
    except OSError:
        return None


def start(target, *args):
    thread = threading.Thread(target=target, args=args, daemon=True)
    thread.start()
    return thread


def pump(source, sink):
    try:
        while True:
            data = source.recv(CHUNK)
            if not data:
                sink.shutdown(socket.SHUT_WR)
                return
            sink.sendall(data)
    except OSError:
        # One side is gone: the other is let go too, wherever it waits.
        for end in (source, sink):
            try:
                end.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass
