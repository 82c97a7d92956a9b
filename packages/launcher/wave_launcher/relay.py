"""Passes on what a process writes as it comes, and keeps the end of it, for what the process died of."""

import os
import threading

KEPT_BYTES = 8 * 1024
LONGEST_LINE = 64 * 1024


class Relay:
    """With a prefix, line by line: each is marked as that process's, however it is mixed with those of others."""

    def __init__(self, source_fd, prefix=b"", target_fd=2):
        self._source_fd = source_fd
        self._prefix = prefix
        self._target_fd = target_fd
        self._rest = b""
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
                self._write(self._marked(b"\n") if self._rest else b"")
                return
            self._kept = (self._kept + data)[-KEPT_BYTES:]
            self._write(self._marked(data) if self._prefix else data)

    def _marked(self, data):
        *lines, self._rest = (self._rest + data).split(b"\n")
        if len(self._rest) > LONGEST_LINE:
            lines.append(self._rest)
            self._rest = b""
        return b"".join(self._prefix + line + b"\n" for line in lines)

    def _write(self, data):
        try:
            while data:
                data = data[os.write(self._target_fd, data) :]
        except OSError:
            # A log that cannot be written (full, gone) must not stop the app; the pipe is drained all the same.
            pass
