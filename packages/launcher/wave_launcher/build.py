"""`build`: makes the Python environment that a bundle's requirements ask for."""

import importlib.metadata
import os
import re
import shutil
import subprocess
import sys
import venv

from constraints import ConstraintsError, parse_constraints, read_constraints
from failure import DISK_FULL, Failure
from fetch import fetch
from install_failure import install_failure
from installer import Installer
from log import say
from requirements import NAME, names_files, read_requirements, requirement_lines, without_editable
from unpack import empty, unpack

WORK = ".build"
KEPT = ".kept"
PLANNED = re.compile(r"^ \+ (\S+?)==(\S+)", re.M)


def build(spec, events, _signals):
    paths = spec.paths
    if spec.fetch:
        fetch(spec.fetch, paths.bundle)
    if spec.keep is not None:
        if kept(paths.venv) == spec.keep:
            events.built(installed(paths.venv))
            return 0
        empty(paths.venv)
    os.environ.update(spec.env)
    requirements = without_editable(read_requirements(paths.bundle))
    work = os.path.join(paths.venv, WORK)
    try:
        make_venv(paths.venv)
        os.makedirs(work, exist_ok=True)
        if requirement_lines(requirements):
            install(spec, requirements, work)
            compile_bytecode(paths.venv)
        packages = installed(paths.venv)
    except OSError as error:
        if error.errno in DISK_FULL:
            raise Failure("disk_full", "There is no space left for the environment.", code=1) from error
        raise
    finally:
        shutil.rmtree(work, ignore_errors=True)
    report(requirements, packages)
    if spec.keep is not None:
        keep(paths.venv, spec.keep)
    events.built(packages)
    return 0


def kept(path):
    try:
        with open(os.path.join(path, KEPT)) as mark:
            return mark.read()
    except OSError:
        return None


def keep(path, name):
    # Last of all, and whole or not at all: what is not marked was not finished.
    draft = os.path.join(path, KEPT + ".draft")
    with open(draft, "w") as mark:
        mark.write(name)
    os.replace(draft, os.path.join(path, KEPT))


def make_venv(path):
    # No pip inside: it would need ensurepip, which Debian ships apart, and take seconds; uv installs from outside.
    venv.EnvBuilder(with_pip=False, symlinks=True).create(path)


def install(spec, requirements, work):
    paths = spec.paths
    installer = Installer(paths.uv, work)
    if not installer.is_there:
        raise Failure("index_unavailable", "The app needs packages, and the platform has no installer.", code=1)
    if installer.has_credentials:
        say("the package index needs credentials, so no package is built from source")
    code = lay_out_code(paths.bundle, requirements, os.path.join(work, "code"))
    attempt = Attempt(installer, paths, requirements, code)
    constraints = constraints_of(spec)
    attempt.constrain(constraints.always)
    if constraints.is_conditional:
        attempt.constrain_further(constraints)
    attempt.install()


def constraints_of(spec):
    try:
        if spec.constraints is not None:
            return parse_constraints(spec.constraints)
        return read_constraints(spec.paths.constraints)
    except ConstraintsError as error:
        raise Failure("dependency_failed", f"The platform's constraints cannot be read: {error}.", code=1) from error


def lay_out_code(bundle, requirements, directory):
    """Where uv works: relative paths of requirements.txt begin at the root of the code."""
    if names_files(requirements):
        unpack(bundle, directory)
    os.makedirs(directory, exist_ok=True)
    with open(os.path.join(directory, NAME), "w", encoding="utf-8", newline="") as target:
        target.write(requirements)
    return directory


class Attempt:
    def __init__(self, installer, paths, requirements, code):
        self._installer = installer
        self._requirements = requirements
        self._code = code
        self._constraints_file = os.path.join(os.path.dirname(code), "constraints.txt")
        self._arguments = ["--python", os.path.join(paths.venv, "bin", "python"), "-r", NAME]
        self._constrained = []

    def constrain(self, lines):
        with open(self._constraints_file, "w", encoding="utf-8") as target:
            target.write("\n".join(lines) + "\n")
        self._constrained = ["--constraint", self._constraints_file] if lines else []

    def constrain_further(self, constraints):
        """Looks which versions would be chosen, and adds what the platform knows to be needed for them."""
        exit_code, output = self._run(["--dry-run"], quiet=True)
        if exit_code != 0:
            self._fail(output)
        lines, titles = constraints.for_packages(dict(PLANNED.findall(output)))
        if not lines:
            return
        self.constrain(constraints.always + lines)
        exit_code, _ = self._run(["--dry-run"], quiet=True)
        if exit_code == 0:
            say(f"the platform constrains {', '.join(lines)}, because of {', '.join(titles)}")
            return
        say(f"the app's own requirements rule out {', '.join(lines)}, which {', '.join(titles)} would need")
        self.constrain(constraints.always)

    def install(self):
        exit_code, output = self._run([])
        if exit_code != 0:
            self._fail(output, shown=True)

    def _run(self, further, quiet=False):
        return self._installer.pip_install([*self._arguments, *self._constrained, *further], self._code, quiet)

    def _fail(self, output, shown=False):
        if not shown:
            sys.stdout.write(output)
        raise install_failure(output, self._requirements, self._code)


def compile_bytecode(path):
    """Once for all starts. `-S` keeps the .pth files of the packages from running; nothing of ours is in the environment."""
    workers = min(4, os.cpu_count() or 1) if os.access("/dev/shm", os.W_OK) else 1
    subprocess.run(
        [sys.executable, "-I", "-S", "-m", "compileall", "-qq", "-j", str(workers), os.path.join(path, "lib")],
        env={"PATH": os.defpath, "LANG": "C.UTF-8"},
        stdin=subprocess.DEVNULL,
        check=False,
    )


def installed(path):
    version = f"python{sys.version_info.major}.{sys.version_info.minor}"
    directories = [os.path.join(path, lib, version, "site-packages") for lib in ("lib", "lib64")]
    found = importlib.metadata.distributions(path=directories)
    return sorted({f"{item.metadata['Name']}=={item.version}" for item in found}, key=str.lower)


def report(requirements, packages):
    lines = requirement_lines(requirements)
    if lines and not packages:
        say(f"none of the {len(lines)} lines of {NAME} applies to this Python and system, so nothing was installed")
    else:
        say(f"the environment holds {len(packages)} packages")
