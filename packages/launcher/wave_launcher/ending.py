"""Says why a process ended, from its status and the last of what it wrote."""

import re
import signal

from failure import Failure

LAST_LINE = re.compile(r"^(?:[\w.]*?)(\w+(?:Error|Exception|Interrupt|Warning|Exit))(?:: (.*))?$")
IMPORT_ERRORS = ("ModuleNotFoundError", "ImportError", "SyntaxError", "IndentationError", "TabError")
NO_MODULE = re.compile(r": (No module named .*)$")
UVICORN = re.compile(r"Error loading ASGI app\. (.*)$")
LONGEST = 300


def app_ended(module, child, stderr, has_answered):
    """The failure that the end of the app means; `stderr` is the last of its output."""
    if child.signal is not None:
        return killed(f"The app was ended by {signal_name(child.signal)}.", child.signal)
    code = child.exit_code
    error = last_error(stderr)
    if error and not has_answered and error.is_import:
        return Failure("import_error", f"The module {module} cannot be imported: {error}.", code, code or 1)
    if code == 0 and not has_answered:
        message = f"The module {module} ended at once with exit code 0 without serving anything."
        return Failure("exited", message, code, code)
    because = f": {error}" if error else ""
    return Failure("exited", f"The module {module} ended with exit code {code}{because}.", code, code)


def wave_server_ended(child, has_answered):
    how = signal_name(child.signal) if child.signal is not None else f"exit code {child.exit_code}"
    when = "while the app was running" if has_answered else "before the app answered"
    return Failure("wave_server_failed", f"The Wave server ended {when}, with {how}.")


def killed(message, number):
    return Failure("killed", message, None, 128 + number)


def signal_name(number):
    try:
        return signal.Signals(number).name
    except ValueError:
        return f"signal {number}"


class LastError:
    def __init__(self, text, is_import):
        self.text = text
        self.is_import = is_import

    def __str__(self):
        text = self.text.strip().rstrip(".")
        return text if len(text) <= LONGEST else text[:LONGEST] + " …"


def last_error(stderr):
    """The last line of the last traceback, or what Python and uvicorn say without one."""
    for line in reversed(stderr.splitlines()[-60:]):
        match = LAST_LINE.match(line)
        if match:
            return LastError(line, match.group(1) in IMPORT_ERRORS)
        plain = UVICORN.search(line) or NO_MODULE.search(line)
        if plain:
            return LastError(plain.group(1), True)
    return None
