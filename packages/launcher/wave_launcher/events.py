"""What the launcher tells its caller, one JSON object a line."""

import json
import os


class Events:
    def __init__(self, fd):
        self._fd = fd
        os.set_inheritable(fd, False)

    def phase(self, phase):
        self._emit({"event": "phase", "phase": phase})

    def built(self, packages):
        self._emit({"event": "built", "packages": packages})

    def failed(self, failure):
        self._emit(
            {"event": "failed", "reason": failure.reason, "message": failure.message, "code": failure.code}
        )

    def _emit(self, event):
        data = (json.dumps(event) + "\n").encode()
        try:
            while data:
                data = data[os.write(self._fd, data) :]
        except OSError:
            # The caller may go away, and come back later: instances outlive it.
            pass
