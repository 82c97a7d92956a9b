"""Passes the app's stderr on as it comes, and keeps the end of it, for what the app died of."""

import os
import threading

KEPT_BYTES = 8 * 1024


class Relay:
    def __init__(self, source_fd, target_fd=2):
        self._source_fd = source_fd
        self._target_fd = target_fd
        self._kept = b""
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    def end(self, timeout_s=1.0):
        """What was written last; a grandchild may hold the pipe open for ever, so waiting has an end."""
        self._thread.join(timeout_s)
        return self._kept.decode("utf-8", "replace")

    def _run(self):
        while True:
            data = os.read(self._source_fd, 1 << 16)
            if not data:
                os.close(self._source_fd)
                return
            self._kept = (self._kept + data)[-KEPT_BYTES:]
            self._write(data)

    def _write(self, data):
        try:
            while data:
                data = data[os.write(self._target_fd, data) :]
        except OSError:
            # A log that cannot be written (full, gone) must not stop the app; the pipe is drained all the same.
            pass
