"""The processes of an instance: each a group of its own, all reaped here, ended together."""

import os
import signal
import subprocess
import time

POLL_S = 0.02
KILL_WAIT_S = 1.0


class Child:
    def __init__(self, name, process):
        self.name = name
        self.pid = process.pid
        self.process = process
        self.status = None

    @property
    def has_ended(self):
        return self.status is not None

    @property
    def exit_code(self):
        """None when a signal ended it."""
        return self.status if self.has_ended and self.status >= 0 else None

    @property
    def signal(self):
        return -self.status if self.has_ended and self.status < 0 else None


class Processes:
    def __init__(self):
        self.children = []

    def start(self, name, command, **options):
        process = subprocess.Popen(command, stdin=subprocess.DEVNULL, start_new_session=True, **options)
        child = Child(name, process)
        self.children.append(child)
        return child

    def reap(self):
        """Takes the status of every process that has ended: as PID 1 those of strangers too."""
        while True:
            try:
                pid, status = os.waitpid(-1, os.WNOHANG)
            except ChildProcessError:
                return
            if pid == 0:
                return
            for child in self.children:
                if child.pid == pid:
                    child.status = os.waitstatus_to_exitcode(status)
                    # Popen must not wait for a pid that may be somebody else's by now.
                    child.process.returncode = child.status

    def stop(self, grace_s):
        """SIGTERM to every group, SIGKILL to what is left after the grace; returns when all are gone."""
        self._signal(signal.SIGTERM)
        if not self._wait(grace_s):
            self._signal(signal.SIGKILL)
            self._wait(KILL_WAIT_S)

    def _wait(self, timeout_s):
        deadline = time.monotonic() + timeout_s
        while True:
            self.reap()
            if not any(group_exists(child.pid) for child in self.children):
                return True
            if time.monotonic() >= deadline:
                return False
            time.sleep(POLL_S)

    def _signal(self, number):
        for child in self.children:
            try:
                os.killpg(child.pid, number)
            except (ProcessLookupError, PermissionError):
                pass


def group_exists(pid):
    try:
        os.killpg(pid, 0)
    except (ProcessLookupError, PermissionError):
        return False
    return True
