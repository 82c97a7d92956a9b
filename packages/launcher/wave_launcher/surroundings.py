"""The environment variables of the app and of its Wave server."""

import os
import sys

# Decided here, whatever the app's manifest says: with another value the processes would not find each other.
WAVE_OWN = ("H2O_WAVE_LISTEN", "H2O_WAVE_WEB_DIR", "H2O_WAVE_ACCESS_KEYCHAIN", "H2O_WAVE_CONF")


class Surroundings:
    def __init__(self, spec):
        self._spec = spec
        self._paths = spec.paths
        self.key_id = os.urandom(10).hex()
        self.key_secret = os.urandom(20).hex()

    @property
    def python(self):
        python = os.path.join(self._paths.venv, "bin", "python")
        return python if os.access(python, os.X_OK) else sys.executable

    def for_app(self):
        env = {**os.environ, **self._spec.env, **self._common(), "PYTHONUNBUFFERED": "1"}
        env.pop("PYTHONHOME", None)
        if self.python != sys.executable:
            env["VIRTUAL_ENV"] = self._paths.venv
        if self._spec.mode == "wave":
            env.update(self._wave_client())
        else:
            env["PORT"] = str(self._spec.port)
        return env

    def for_wave_server(self, web_dir):
        """Nothing of the app's own environment but its H2O_WAVE_* settings."""
        settings = {name: value for name, value in self._spec.env.items() if name.startswith("H2O_WAVE_")}
        env = {**os.environ, **settings, **self._common(), **self._access_key()}
        for name in WAVE_OWN:
            env.pop(name, None)
        env["H2O_WAVE_LISTEN"] = f"{bracketed(self._spec.listen_host)}:{self._spec.listen_port}"
        env["H2O_WAVE_BASE_URL"] = self._spec.base_path
        env["H2O_WAVE_WEB_DIR"] = web_dir
        env["H2O_WAVE_ACCESS_KEYCHAIN"] = os.path.join(self._paths.home, ".wave-keychain")
        # Without it every change of a page, users' input included, would stand in the log.
        env.setdefault("H2O_WAVE_NO_LOG", "true")
        # The server's own working directory is read-only; seen from the app, the code's directory is the natural base.
        data = settings.get("H2O_WAVE_DATA_DIR", os.path.join(self._paths.home, "wave-data"))
        env["H2O_WAVE_DATA_DIR"] = os.path.join(self._paths.app, data)
        return env

    def _common(self):
        home = self._paths.home
        bin_dir = os.path.join(self._paths.venv, "bin")
        return {
            "HOME": home,
            "TMPDIR": self._paths.tmp,
            "LANG": "C.UTF-8",
            "PATH": os.pathsep.join([bin_dir, os.environ.get("PATH", os.defpath)]),
            "XDG_CACHE_HOME": os.path.join(home, ".cache"),
            "XDG_CONFIG_HOME": os.path.join(home, ".config"),
            "XDG_DATA_HOME": os.path.join(home, ".local", "share"),
        }

    def _wave_client(self):
        app_address = f"http://127.0.0.1:{self._spec.app_port}"
        return {
            **self._access_key(),
            "H2O_WAVE_ADDRESS": f"http://{self.wave_host}:{self._spec.listen_port}",
            "H2O_WAVE_LISTEN": f"{bracketed(self._spec.listen_host)}:{self._spec.listen_port}",
            "H2O_WAVE_BASE_URL": self._spec.base_path,
            "H2O_WAVE_APP_ADDRESS": app_address,
            # What h2o-wave before 1.0 reads.
            "H2O_WAVE_INTERNAL_ADDRESS": app_address,
            "H2O_WAVE_EXTERNAL_ADDRESS": app_address,
        }

    def _access_key(self):
        return {"H2O_WAVE_ACCESS_KEY_ID": self.key_id, "H2O_WAVE_ACCESS_KEY_SECRET": self.key_secret}

    @property
    def wave_host(self):
        """Where the Wave server is reached from beside it."""
        host = self._spec.listen_host
        return "127.0.0.1" if host in ("", "0.0.0.0", "::") else host


def bracketed(host):
    return f"[{host}]" if ":" in host else host
