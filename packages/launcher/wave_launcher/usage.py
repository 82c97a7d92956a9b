"""Tells at a port of its own what this sandbox uses, for engines that do not tell it themselves."""

import http.server
import json
import os
import threading

CGROUPS = "/sys/fs/cgroup"


def serve_usage(port, volume):
    class Handler(http.server.BaseHTTPRequestHandler):
        timeout = 5

        def do_GET(self):
            body = json.dumps(usage(volume)).encode()
            self.send_response(200)
            self.send_header("content-type", "application/json")
            self.send_header("content-length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_):
            pass

    try:
        server = http.server.HTTPServer(("", port), Handler)
    except OSError:
        # Nobody's app is kept from running by it.
        return
    threading.Thread(target=server.serve_forever, daemon=True).start()


def usage(volume):
    """`cpuMs`, `memoryBytes` and `processes` of the sandbox's own control group; `volumeBytes` where there is a volume."""
    told = unified() if os.path.exists(f"{CGROUPS}/cgroup.controllers") else separate()
    if volume is not None:
        told["volumeBytes"] = bytes_used(volume)
    return told


def unified():
    cpu = fields(f"{CGROUPS}/cpu.stat")
    memory = fields(f"{CGROUPS}/memory.stat")
    return {
        "cpuMs": cpu.get("usage_usec", 0) // 1000,
        # What can be taken back at any moment is no use of the app's.
        "memoryBytes": max(0, number(f"{CGROUPS}/memory.current") - memory.get("inactive_file", 0)),
        "processes": number(f"{CGROUPS}/pids.current"),
    }


def separate():
    memory = fields(f"{CGROUPS}/memory/memory.stat")
    return {
        "cpuMs": number(f"{CGROUPS}/cpuacct/cpuacct.usage") // 1_000_000,
        "memoryBytes": max(0, number(f"{CGROUPS}/memory/memory.usage_in_bytes") - memory.get("total_inactive_file", 0)),
        "processes": number(f"{CGROUPS}/pids/pids.current"),
    }


def fields(path):
    try:
        with open(path) as lines:
            return {name: int(value) for name, value in (line.split() for line in lines)}
    except (OSError, ValueError):
        return {}


def number(path):
    try:
        with open(path) as text:
            return int(text.read())
    except (OSError, ValueError):
        return 0


def bytes_used(directory):
    try:
        disk = os.statvfs(directory)
    except OSError:
        return 0
    return (disk.f_blocks - disk.f_bfree) * disk.f_frsize
