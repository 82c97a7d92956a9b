"""Reads requirements.txt as people really write it."""

import codecs
import re
import zipfile

from failure import Failure, source_failure

NAME = "requirements.txt"
UTF16_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
EDITABLE = re.compile(r"^\s*(-e|--editable)[\s=]+")


def read_requirements(bundle):
    """The text of the bundle's requirements.txt with plain line ends; empty when there is none."""
    try:
        with zipfile.ZipFile(bundle) as archive:
            data = archive.read(NAME) if NAME in archive.namelist() else b""
    except (OSError, RuntimeError, EOFError, zipfile.BadZipFile) as error:
        raise source_failure(error, "the bundle") from error
    try:
        # PowerShell's redirection writes UTF-16.
        text = data.decode("utf-16" if data.startswith(UTF16_MARKS) else "utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise Failure("dependency_failed", f"{NAME} line {line} is not UTF-8.", code=1) from error
    return text.replace("\r\n", "\n").replace("\r", "\n")


def requirement_lines(text):
    """Lines that ask for something: no comments, no options but those that name further files or code."""
    joined = text.replace("\\\n", " ")
    lines = [line.strip() for line in joined.split("\n")]
    return [line for line in lines if line and not line.startswith("#") and not is_mere_option(line)]


def is_mere_option(line):
    return line.startswith("-") and not re.match(r"(-r|-e|--requirement|--editable)\b", line)


def names_files(text):
    """Whether a line may lead to files of the bundle; in doubt it does."""
    return any(re.search(r"^-|[/\\]|\.(whl|zip|tar|gz|bz2|tgz)\b", line) for line in meaningful_lines(text))


def meaningful_lines(text):
    lines = [line.strip() for line in text.split("\n")]
    return [line for line in lines if line and not line.startswith("#")]


def without_editable(text):
    """An editable install would point to a directory that is gone when the app runs: install a copy instead."""
    return "\n".join(EDITABLE.sub("", line) for line in text.split("\n"))
