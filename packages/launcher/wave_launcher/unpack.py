"""Lays a bundle out as files, and trusts no name in it although the import checked them."""

import os
import posixpath
import shutil
import stat
import zipfile
import zlib

from failure import source_failure


def unpack(bundle, root, only=None):
    """Unpacks all entries, or those whose name is in `only`; what was in `root` before is removed."""
    try:
        empty(root)
        with zipfile.ZipFile(bundle) as archive:
            entries = [entry for entry in archive.infolist() if only is None or entry.filename in only]
            links = [entry for entry in entries if is_link(entry)]
            for entry in entries:
                if not is_link(entry):
                    write_entry(archive, entry, root)
            # Links come last, so that no file is written through one.
            for entry in links:
                write_link(archive, entry, root)
            check_links(links, root)
    except BROKEN as error:
        raise source_failure(error, "the bundle") from error


class UnsafeName(Exception):
    """A name in the archive leaves the root."""


# RuntimeError is what zipfile raises for encrypted entries and unknown compression.
BROKEN = (OSError, ValueError, RuntimeError, EOFError, zipfile.BadZipFile, zlib.error, UnsafeName)


def empty(root):
    os.makedirs(root, exist_ok=True)
    for entry in os.scandir(root):
        if entry.is_dir(follow_symlinks=False):
            shutil.rmtree(entry.path)
        else:
            os.unlink(entry.path)


def is_link(entry):
    return stat.S_ISLNK(entry.external_attr >> 16)


def place(name, root):
    parts = name.split("/")
    if name.startswith("/") or "\\" in name or "\0" in name or ".." in parts:
        raise UnsafeName(f"the entry {name!r} leaves the bundle")
    return os.path.join(root, posixpath.normpath(name))


def write_entry(archive, entry, root):
    path = place(entry.filename, root)
    if entry.is_dir():
        os.makedirs(path, exist_ok=True)
        return
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with archive.open(entry) as source, open(path, "wb") as target:
        shutil.copyfileobj(source, target, 1 << 18)
    if (entry.external_attr >> 16) & 0o111:
        os.chmod(path, 0o755)


def write_link(archive, entry, root):
    path = place(entry.filename, root)
    os.makedirs(os.path.dirname(path), exist_ok=True)
    target = archive.read(entry).decode()
    if os.path.isabs(target) or not is_inside(os.path.dirname(path), root):
        raise UnsafeName(f"the link {entry.filename!r} leaves the bundle")
    if os.path.lexists(path):
        os.unlink(path)
    os.symlink(target, path)


def check_links(links, root):
    """Only when all stand it is known where one leads, for it may lead through another."""
    for entry in links:
        path = place(entry.filename, root)
        if not is_inside(path, root):
            os.unlink(path)
            raise UnsafeName(f"the link {entry.filename!r} leaves the bundle")


def is_inside(path, root):
    real_root = os.path.realpath(root)
    return os.path.commonpath([real_root, os.path.realpath(path)]) == real_root
