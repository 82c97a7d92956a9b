"""SIGTERM, SIGINT and SIGCHLD, first as exceptions, then as entries of a queue."""

import queue
import signal

from failure import Stopped


class Signals:
    """Until `enqueue` is called a request to stop is raised as `Stopped` wherever the program is."""

    def __init__(self):
        self.happenings = queue.SimpleQueue()
        self._queueing = False
        signal.signal(signal.SIGTERM, self._stop)
        signal.signal(signal.SIGINT, self._stop)
        # A log or events pipe without a reader is an error of that one write, not the end of the launcher.
        signal.signal(signal.SIGPIPE, signal.SIG_IGN)

    def enqueue(self):
        """From here on `happenings` gets `('stop', number)` and `('child', None)`."""
        self._queueing = True
        signal.signal(signal.SIGCHLD, lambda *_: self.happenings.put(("child", None)))

    def _stop(self, number, _frame):
        if not self._queueing:
            raise Stopped(number)
        self.happenings.put(("stop", number))
