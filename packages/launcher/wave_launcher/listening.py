"""Which ports the processes of one session listen on, read from the kernel's tables."""

import os
import re

LISTEN = "0A"
SOCKET = re.compile(r"^socket:\[(\d+)\]$")


def listening_ports(session):
    """Sorted; empty when none, or when the tables cannot be read."""
    inodes = set()
    for pid in pids_of_session(session):
        inodes |= socket_inodes(pid)
    return sorted({port for port, inode in listeners() if inode in inodes})


def listeners():
    for table in ("/proc/net/tcp", "/proc/net/tcp6"):
        try:
            with open(table, encoding="ascii") as source:
                rows = [line.split() for line in source.readlines()[1:]]
        except OSError:
            continue
        for row in rows:
            if row[3] == LISTEN:
                yield int(row[1].rsplit(":", 1)[1], 16), row[9]


def pids_of_session(session):
    for entry in os.listdir("/proc"):
        if entry.isdigit():
            try:
                if os.getsid(int(entry)) == session:
                    yield entry
            except OSError:
                continue


def socket_inodes(pid):
    inodes = set()
    try:
        for fd in os.listdir(f"/proc/{pid}/fd"):
            match = SOCKET.match(os.readlink(f"/proc/{pid}/fd/{fd}"))
            if match:
                inodes.add(match.group(1))
    except OSError:
        pass
    return inodes
