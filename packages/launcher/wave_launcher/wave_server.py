"""The Wave server: the one of the app's own h2o-wave package, or the platform's."""

import os

from failure import Failure
from log import say

PLATFORM = "that of the platform, because the app's packages bring none"


def find_wave_server(paths):
    """The server's program and the directory of its web files."""
    for directory, whose in ((paths.venv, "that of the app's h2o-wave package"), (paths.waved, PLATFORM)):
        program, web = os.path.join(directory, "waved"), os.path.join(directory, "www")
        if os.access(program, os.X_OK) and os.path.isfile(program) and os.path.isdir(web):
            say(f"the Wave server is {whose}")
            return program, web
    raise Failure(
        "wave_server_failed",
        "There is no Wave server: neither h2o-wave in the app's requirements brings one nor the platform.",
    )
