"""The launcher: `build` makes the environment of a bundle, `run` starts its app. See README.md beside this directory."""

import argparse
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


COMMANDS = {"build": (build, BuildSpec), "run": (run, RunSpec)}


def main():
    options = parse(sys.argv[1:])
    command, spec_of = COMMANDS[options.command]
    events = Events(options.events_fd)
    try:
        signals = Signals()
        return command(spec_of(read_spec(options.spec_fd)), events, signals)
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
    parser = argparse.ArgumentParser(prog="launcher", description=__doc__)
    parser.add_argument("command", choices=COMMANDS)
    parser.add_argument("--spec-fd", type=int, required=True)
    parser.add_argument("--events-fd", type=int, required=True)
    return parser.parse_args(arguments)


def end(events, failure):
    say(failure.message)
    events.failed(failure)
    return failure.exit_code


if __name__ == "__main__":
    sys.exit(main())
