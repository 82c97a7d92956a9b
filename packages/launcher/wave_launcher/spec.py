"""The spec: what the caller wants, read once from a file descriptor, so that no secret stands in an argument."""

import json
import os

DEFAULT_PATHS = {
    "bundle": "/bundle.wave",
    "app": "/app",
    "venv": "/resources",
    "uv": "/opt/wave/uv",
    "constraints": "/opt/wave/constraints.txt",
    "waved": "/opt/wave/waved",
    "waveCwd": "/opt/wave",
    "home": "/home/app",
    "tmp": "/tmp",
}


FETCH_RULE = "must be {url, headers, sha256} with an address of http or https"


class SpecError(Exception):
    """The caller's mistake; the message lists all of them."""


def read_spec(fd):
    with os.fdopen(fd, "rb") as source:
        text = source.read()
    try:
        spec = json.loads(text)
    except ValueError as error:
        # The text holds secrets: of the parser's error only the place is told.
        raise SpecError(f"the spec is not JSON ({type(error).__name__})") from None
    if not isinstance(spec, dict):
        raise SpecError("the spec is not a JSON object")
    return spec


class Paths:
    def __init__(self, given):
        if not isinstance(given, dict):
            raise SpecError("paths: must be an object")
        problems = [f"paths.{name}: no such path" for name in given if name not in DEFAULT_PATHS]
        paths = {**DEFAULT_PATHS, **given}
        problems += [f"paths.{name}: must be an absolute path" for name, path in paths.items() if not is_absolute(path)]
        if problems:
            raise SpecError("; ".join(problems))
        self.bundle = paths["bundle"]
        self.app = paths["app"]
        self.venv = paths["venv"]
        self.uv = paths["uv"]
        self.constraints = paths["constraints"]
        self.waved = paths["waved"]
        self.wave_cwd = paths["waveCwd"]
        self.home = paths["home"]
        self.tmp = paths["tmp"]


class BuildSpec:
    def __init__(self, given):
        take = Fields(given)
        self.constraints = take("constraints", lambda v: isinstance(v, str), "must be text", None)
        self.env = take("env", is_env, "must map names to strings", {})
        self.fetch = take("fetch", is_fetch, FETCH_RULE, None)
        self.keep = take("keep", lambda v: isinstance(v, str) and v != "", "must be text", None)
        if take.problems:
            raise SpecError("; ".join(take.problems))
        self.paths = Paths(given.get("paths", {}))


class RunSpec:
    def __init__(self, given):
        take = Fields(given)
        self.mode = take("mode", lambda v: v in ("wave", "python"), "must be wave or python")
        self.module = take("module", lambda v: isinstance(v, str) and v != "", "must be the name of a module")
        self.port = take("port", is_port, "must be a port", None if self.mode == "wave" else Fields.REQUIRED)
        self.args = take("args", is_strings, "must be a list of strings", [])
        self.env = take("env", is_env, "must map names to strings", {})
        self.files = take("files", is_files, "must be a list of {path, content, encoding}", [])
        listen = take("listen", is_listen, "must be {host, port}", {})
        self.listen_host = listen.get("host", "0.0.0.0")
        self.listen_port = listen.get("port", 10101)
        self.app_port = take("appPort", is_port, "must be a port", 8000)
        self.base_path = take("basePath", lambda v: isinstance(v, str) and v.startswith("/"), "must begin with /", "/")
        self.probe_hosts = take("probeHosts", is_strings, "must be a list of addresses", []) or ["127.0.0.1"]
        self.store_relay = take("storeRelay", is_relay, "must be {port, socket}", None)
        self.start_timeout_s = take("startTimeoutMs", is_positive, "must be milliseconds", 120_000) / 1000
        self.grace_s = take("graceMs", is_positive, "must be milliseconds", 8_000) / 1000
        self.log = take("log", lambda v: isinstance(v, str), "must be text", "")
        self.fetch = take("fetch", is_fetch, FETCH_RULE, None)
        self.usage_port = take("usagePort", is_port, "must be a port", None)
        self.usage_volume = take("usageVolume", is_absolute, "must be an absolute path", None)
        self.failure = take("failure", is_failure, "must be {reason, message}", None)
        if take.problems:
            raise SpecError("; ".join(take.problems))
        self.paths = Paths(given.get("paths", {}))


class Fields:
    REQUIRED = object()

    def __init__(self, given):
        self._given = given
        self.problems = []

    def __call__(self, name, is_good, rule, default=REQUIRED):
        if name not in self._given and default is not Fields.REQUIRED:
            return default
        value = self._given.get(name)
        if is_good(value):
            return value
        # The value itself may be a secret, so only the field is named.
        self.problems.append(f"{name}: {rule}")
        return 0 if default is Fields.REQUIRED else default


def is_absolute(value):
    return isinstance(value, str) and os.path.isabs(value)


def is_fetch(value):
    return (
        isinstance(value, dict)
        and str(value.get("url")).startswith(("http://", "https://"))
        and is_env(value.get("headers", {}))
        and isinstance(value.get("sha256"), str)
    )


def is_port(value):
    return isinstance(value, int) and 0 < value < 65536


def is_listen(value):
    return isinstance(value, dict) and isinstance(value.get("host", ""), str) and is_port(value.get("port", 1))


def is_relay(value):
    return isinstance(value, dict) and is_port(value.get("port")) and is_absolute(value.get("socket"))


def is_failure(value):
    return isinstance(value, dict) and all(isinstance(value.get(name), str) for name in ("reason", "message"))


def is_positive(value):
    return isinstance(value, (int, float)) and value > 0


def is_strings(value):
    return isinstance(value, list) and all(isinstance(item, str) for item in value)


def is_env(value):
    return isinstance(value, dict) and all(
        isinstance(text, str) and name and "=" not in name and "\0" not in name + text for name, text in value.items()
    )


def is_files(value):
    return isinstance(value, list) and all(
        isinstance(item, dict)
        and isinstance(item.get("path"), str)
        and isinstance(item.get("content"), str)
        and item.get("encoding", "utf8") in ("utf8", "base64")
        for item in value
    )
