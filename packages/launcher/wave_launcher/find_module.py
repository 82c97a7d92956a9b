"""Finds a module's file the way `python3 -m` would, without running anything."""

import os
import sys
from importlib.machinery import PathFinder

from failure import Failure

MOST_FILES = 5000


class Module:
    """`name` is what to import, `path` its source; `is_package`: an `__init__`, which `python3 -m` cannot run."""

    def __init__(self, name, path, is_package=False):
        self.name = name
        self.path = path
        self.is_package = is_package


def find_module(name, paths):
    """What `python3 -m name` would run; a package without `__main__` is returned as such."""
    spec = locate_near(name, paths)
    if spec is None:
        raise Failure("module_not_found", f"There is no module {name} in the app{nearest(name, paths)}.")
    if spec.submodule_search_locations is None:
        return Module(name, spec.origin)
    inner = PathFinder.find_spec("__main__", list(spec.submodule_search_locations))
    if inner is not None:
        return Module(f"{name}.__main__", inner.origin)
    return Module(name, spec.origin, is_package=True)


def locate_near(name, paths):
    """As `locate` on the whole search path, which is read only when the app's own code does not settle it."""
    first = locate(name.split(".")[0], [paths.app])
    # A directory without `__init__` gives way to a package elsewhere.
    is_settled = first is not None and first.origin is not None
    return locate(name, [paths.app] if is_settled else search_path(paths))


def not_runnable(name, paths):
    return Failure("module_not_found", f"{name} is a package without __main__.py{nearest(name, paths)}.")


def locate(name, path):
    """Looks at one level after the other and runs no `__init__`, unlike importlib.util.find_spec."""
    spec = None
    for part in name.split("."):
        if not part or "/" in part or "\0" in part or path is None:
            return None
        spec = PathFinder.find_spec(part, list(path))
        if spec is None:
            return None
        path = spec.submodule_search_locations
    return spec


def search_path(paths):
    import glob
    import site

    own = os.path.dirname(os.path.abspath(__file__))
    standard = [entry for entry in sys.path if entry and os.path.abspath(entry) != own]
    # The launcher itself may have been started without them.
    packages = [entry for entry in site.getsitepackages() if entry not in standard and os.path.isdir(entry)]
    return [paths.app, *standard, *packages, *glob.glob(os.path.join(paths.venv, "lib", "python3.*", "site-packages"))]


def nearest(name, paths):
    # Needed for a refusal only, and slow to load.
    import difflib

    names = module_names(paths.app)
    written = name[:-3] if name.endswith(".py") else name
    close = difflib.get_close_matches(written.replace("/", "."), names, n=3, cutoff=0.5)
    same_end = [other for other in names if other.split(".")[-1] == written.replace("/", ".").split(".")[-1]]
    found = list(dict.fromkeys([*close, *same_end]))[:3]
    if found:
        return f"; the nearest are {', '.join(found)}"
    return f"; it has {', '.join(names[:5])}" if names else "; it has no Python file at all"


def module_names(root):
    names = []
    for directory, directories, files in os.walk(root):
        directories[:] = sorted(entry for entry in directories if not entry.startswith((".", "__")))
        for file in sorted(files):
            if file.endswith(".py") and file != "__init__.py":
                names.append(os.path.relpath(os.path.join(directory, file), root)[:-3].replace(os.sep, "."))
        if len(names) > MOST_FILES:
            break
    return sorted(names, key=lambda module: (module.count("."), module))
