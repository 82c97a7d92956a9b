"""Runs `uv`, relays what it says with credentials masked, and keeps the end of it."""

import os
import re
import signal
import subprocess
import sys
from urllib.parse import unquote

CREDENTIALS = re.compile(r"://[^\s/@'\"`]+@")
SECRET_NAME = re.compile(r"^(UV_INDEX_.*_(USERNAME|PASSWORD)|UV_PUBLISH_.*|NETRC|UV_HTTP_BASIC.*)$")
KEPT_CHARACTERS = 64 * 1024
LONGEST_LINE = 64 * 1024


class Installer:
    def __init__(self, uv, work):
        """`work` is a directory on the venv's file system, so that files are linked rather than copied."""
        self._uv = uv
        self._env = {
            "UV_CACHE_DIR": os.path.join(work, "cache"),
            **os.environ,
            "UV_PYTHON_DOWNLOADS": "never",
            "UV_NO_PROGRESS": "1",
            "NO_COLOR": "1",
        }
        self.has_credentials = has_credentials(os.environ)
        self._secrets = secret_values(os.environ)

    @property
    def is_there(self):
        return os.access(self._uv, os.X_OK)

    def pip_install(self, arguments, cwd, quiet=False):
        """Returns the exit code and the (masked) end of the output; `quiet` keeps it from the log."""
        # Nothing in the app's own pyproject.toml or uv.toml may change where packages come from.
        command = [self._uv, "pip", "install", "--no-config", *arguments]
        if self.has_credentials:
            command.append("--no-build")
        with subprocess.Popen(
            command,
            cwd=cwd,
            env=self._env,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        ) as process:
            try:
                kept = self._relay(process.stdout, quiet)
            except BaseException:
                end_group(process.pid)
                raise
        return process.returncode, kept

    def _relay(self, output, quiet):
        kept = ""
        while True:
            data = output.readline(LONGEST_LINE)
            if not data:
                return kept
            line = self.mask(data.decode("utf-8", "replace"))
            kept = (kept + line)[-KEPT_CHARACTERS:]
            if not quiet:
                show(line)

    def mask(self, text):
        masked = CREDENTIALS.sub("://****@", text)
        for secret in self._secrets:
            masked = masked.replace(secret, "****")
        return masked


def show(text):
    try:
        sys.stdout.write(text)
        sys.stdout.flush()
    except OSError:
        pass


def has_credentials(env):
    """Whether the environment holds something that code of a package must not see."""
    return any(CREDENTIALS.search(value) or SECRET_NAME.match(name) for name, value in env.items())


def secret_values(env):
    named = [value for name, value in env.items() if SECRET_NAME.match(name) and name != "NETRC"]
    userinfos = [match[3:-1] for value in env.values() for match in CREDENTIALS.findall(value)]
    passwords = [unquote(text) for userinfo in userinfos for text in userinfo.split(":", 1)[1:]]
    return [text for text in named + passwords if len(text) > 3]


def end_group(pid):
    try:
        os.killpg(pid, signal.SIGKILL)
    except ProcessLookupError:
        pass
