"""Lines of the launcher in the instance's log."""

import sys


def say(message):
    """Writes one line; a log that nobody reads any more is no reason to end."""
    try:
        sys.stdout.write(f"# launcher: {message}\n")
        sys.stdout.flush()
    except OSError:
        pass
