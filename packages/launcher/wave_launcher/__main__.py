"""The launcher: `build` makes the environment of a bundle, `run` starts its app. See README.md beside this directory."""

import sys

from events import Events
from failure import Failure, Stopped
from log import say
from signals import Signals
from spec import BuildSpec, RunSpec, SpecError, read_spec


def build(*arguments):
    # Each command loads its own modules only: a launch waits for these imports.
    from build import build as command

    return command(*arguments)


def run(*arguments):
    from run import run as command

    return command(*arguments)


USAGE = "usage: launcher build|run --spec-fd N --events-fd M"
COMMANDS = {"build": (build, BuildSpec), "run": (run, RunSpec)}


def main():
    try:
        name, spec_fd, events_fd = parse(sys.argv[1:])
    except ValueError:
        print(USAGE, file=sys.stderr)
        return 2
    command, spec_of = COMMANDS[name]
    events = Events(events_fd)
    try:
        signals = Signals()
        return command(spec_of(read_spec(spec_fd)), events, signals)
    except SpecError as error:
        print(f"launcher: {error}", file=sys.stderr)
        return 2
    except Failure as failure:
        return end(events, failure)
    except Stopped as stopped:
        return end(events, stopped.as_failure())
    except Exception as error:
        return end(events, Failure("internal", f"The launcher failed: {type(error).__name__}: {error}", cause=error))


def parse(arguments):
    # argparse takes longer to load than everything else that is done here.
    name, *rest = arguments
    options = dict(zip(rest[::2], rest[1::2]))
    if name not in COMMANDS or len(rest) != 4 or set(options) != {"--spec-fd", "--events-fd"}:
        raise ValueError(arguments)
    return name, int(options["--spec-fd"]), int(options["--events-fd"])


def end(events, failure):
    say(failure.message)
    events.failed(failure)
    return failure.exit_code


if __name__ == "__main__":
    sys.exit(main())
