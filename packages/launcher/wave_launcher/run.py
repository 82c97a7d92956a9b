"""`run`: lays the code out, starts the app, says when it answers, and stays until the end."""

# The app waits for what is loaded here: what is needed once it starts is loaded by `load_the_rest`.
import os
import queue
import socket
import sys
import time

from failure import Failure, Stopped
from find_module import find_module, not_runnable
from lay_files import lay_files
from log import say
from processes import Processes
from relay import Relay
from surroundings import Surroundings
from unpack import unpack

APP = "app"
WAVE_SERVER = "wave"
WAVE_PREFIX = b"[wave] "


def run(spec, events, signals):
    if spec.log:
        print_log(spec.log)
    if spec.failure:
        raise Failure(spec.failure["reason"], spec.failure["message"])
    events.phase("sourcing")
    if spec.fetch:
        from fetch import fetch

        fetch(spec.fetch, spec.paths.bundle)
    unpack(spec.paths.bundle, spec.paths.app)
    lay_files(spec.files, spec.paths.app)
    prepare_home(spec.paths.home)
    instance = Instance(spec, events, signals.happenings)
    # Found before anything is started: a wrong module is told without a Wave server's lines around it.
    command = instance.app_command()
    if spec.store_relay:
        from store_relay import StoreRelay

        StoreRelay(spec.store_relay["port"], spec.store_relay["socket"])
    if spec.usage_port:
        from usage import serve_usage

        serve_usage(spec.usage_port, spec.usage_volume)
    signals.enqueue()
    events.phase("starting")
    try:
        instance.live(command)
    except OSError as error:
        raise Failure("internal", f"A process could not be started: {error}.") from error
    finally:
        instance.processes.stop(spec.grace_s)


def print_log(text):
    try:
        sys.stdout.write(text)
        sys.stdout.flush()
    except OSError:
        # A log that cannot be written must not stop the app.
        pass


def prepare_home(home):
    try:
        os.makedirs(home, exist_ok=True)
    except OSError as error:
        raise Failure("internal", f"The home directory {home} cannot be made: {error}.") from error


def load_the_rest():
    """Now rather than when the app has ended: it may have taken the memory or the descriptors that loading needs."""
    import ending
    import listening
    import probe

    return ending, listening, probe


class Instance:
    def __init__(self, spec, events, happenings):
        self.processes = Processes()
        self._spec = spec
        self._events = events
        self._happenings = happenings
        self._surroundings = Surroundings(spec)
        self._deadline = time.monotonic() + spec.start_timeout_s
        self._wave = None
        self._app = None
        self._relay = None
        self._wave_relay = None
        self._is_asgi = False
        self._has_answered = False

    def app_command(self):
        spec, python = self._spec, self._surroundings.python
        if spec.mode == "python":
            if find_module(spec.module, spec.paths).is_package:
                raise not_runnable(spec.module, spec.paths)
            say(f"starts as python3 -m {spec.module}, expected on port {spec.port}")
            return [python, "-m", spec.module, *spec.args]
        from start_mode import start_mode

        mode = start_mode(spec.module, spec.paths)
        self._is_asgi = mode.is_asgi
        if mode.is_asgi:
            say(f"starts as uvicorn {mode.module.name}:main, because {mode.why}")
            address = ["--host", "127.0.0.1", "--port", str(spec.app_port)]
            return [python, "-m", "uvicorn", *address, f"{mode.module.name}:main"]
        say(f"starts as python3 -m {spec.module}, because {mode.why}")
        return [python, "-m", spec.module]

    def live(self, command):
        """Never returns: whatever the end is, it is raised."""
        self._deadline = time.monotonic() + self._spec.start_timeout_s
        if self._spec.mode == "wave":
            self._start_wave_app(command)
        else:
            self._start_app(command)
            self._wait_for_answer(APP, self._spec.port, [address_of(host) for host in self._spec.probe_hosts])
        self._has_answered = True
        self._events.phase("running")
        while True:
            self._next_happening(None)

    def _start_wave_app(self, command):
        """An ASGI app registers when its packages are loaded, long after the Wave server is up, and tries again
        when it is not; a module that serves by itself may give up at once."""
        self._start_wave_server()
        if self._is_asgi:
            self._start_app(command)
        self._wait_for_answer(WAVE_SERVER, self._spec.listen_port, [self._surroundings.wave_host])
        if not self._is_asgi:
            self._start_app(command)
        self._wait_for_answer(APP, self._spec.app_port, ["127.0.0.1"])

    def _start_wave_server(self):
        from wave_server import find_wave_server

        program, web_dir = find_wave_server(self._spec.paths)
        read_end, write_end = os.pipe()
        output = {"stdout": write_end, "stderr": write_end}
        env = self._surroundings.for_wave_server(web_dir)
        try:
            self._wave = self.processes.start(WAVE_SERVER, [program], cwd=self._spec.paths.wave_cwd, env=env, **output)
        except OSError as error:
            raise Failure("wave_server_failed", f"The Wave server cannot be started: {error}.") from error
        finally:
            os.close(write_end)
        self._wave_relay = Relay(read_end, WAVE_PREFIX)

    def _start_app(self, command):
        read_end, write_end = os.pipe()
        env = self._surroundings.for_app()
        try:
            self._app = self.processes.start(APP, command, cwd=self._spec.paths.app, env=env, stderr=write_end)
        finally:
            os.close(write_end)
        self._relay = Relay(read_end)
        load_the_rest()

    def _wait_for_answer(self, name, port, hosts):
        from probe import Probe

        probe = Probe(name, port, hosts, self._happenings)
        try:
            while True:
                kind = self._next_happening(self._deadline)
                if kind == "answered":
                    return
                if kind == "loopback_only":
                    raise loopback_only(port)
                if kind is None:
                    raise self._no_answer(name, port)
        finally:
            probe.end()

    def _next_happening(self, deadline):
        """The kind of what happened next, None at the deadline; the end of a process is raised."""
        timeout_s = None if deadline is None else max(0.0, deadline - time.monotonic())
        try:
            kind, value = self._happenings.get(timeout=timeout_s)
        except queue.Empty:
            return None
        if kind == "stop":
            raise Stopped(value)
        if kind == "child":
            self.processes.reap()
            self._check_children()
        return kind

    def _check_children(self):
        from ending import app_ended, wave_server_ended

        if self._app is not None and self._app.has_ended:
            raise app_ended(self._spec.module, self._app, self._relay.end(), self._has_answered)
        if self._wave is not None and self._wave.has_ended:
            self._wave_relay.end()
            raise wave_server_ended(self._wave, self._has_answered)

    def _no_answer(self, name, port):
        seconds = f"{self._spec.start_timeout_s:g} s"
        if name == WAVE_SERVER:
            return Failure("wave_server_failed", f"The Wave server did not answer on port {port} within {seconds}.")
        from listening import listening_ports

        ports = [str(other) for other in listening_ports(self._app.pid)]
        elsewhere = f"it listens on {', '.join(ports)}" if ports else "it listens on no port"
        return Failure("never_listened", f"The app did not answer on port {port} within {seconds}; {elsewhere}.")


def address_of(host):
    """`@own`: what other machines know this one by, in a container whose address nobody knows beforehand."""
    return socket.gethostbyname(socket.gethostname()) if host == "@own" else host


def loopback_only(port):
    return Failure(
        "never_listened",
        f"The app answers on port {port} of its own loopback address only; let it listen on 0.0.0.0.",
    )
