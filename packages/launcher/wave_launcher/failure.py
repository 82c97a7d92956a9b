"""How a command ends when it does not succeed."""

import errno
import signal

DISK_FULL = (errno.ENOSPC, errno.EDQUOT)


class Failure(Exception):
    """A named end. `code` is the app's exit code (None when it has none), `exit_code` the launcher's own."""

    def __init__(self, reason, message, code=None, exit_code=1, cause=None):
        super().__init__(message)
        self.reason = reason
        self.message = message
        self.code = code
        self.exit_code = exit_code
        self.__cause__ = cause


class Stopped(BaseException):
    """A signal asked for the end."""

    def __init__(self, number):
        super().__init__(number)
        self.number = number

    def as_failure(self, code=None):
        name = signal.Signals(self.number).name
        return Failure("stopped", f"Stopped by {name}.", code=code, exit_code=128 + self.number)


def source_failure(error, what):
    """The failure that an error of the file system or of the archive means."""
    if isinstance(error, OSError) and error.errno in DISK_FULL:
        return Failure("disk_full", f"There is no space left for {what}.", cause=error)
    return Failure("source_failed", f"{what[0].upper()}{what[1:]} cannot be laid out: {error}.", cause=error)
