"""Says in one sentence why `uv` could not install, and whose fault it is: the disk's, the index's or the requirements'."""

import re

from failure import Failure

LONGEST_MESSAGE = 600
DISK = re.compile(r"no space left on device|os error 28\b|disk quota exceeded|os error 122\b", re.I)
UNREACHABLE = re.compile(
    r"error sending request|client error \(connect\)|dns error|tcp connect error|invalid peer certificate"
    r"|http status server error|operation timed out|connection (reset|refused)|network was disabled"
    r"|network connectivity is disabled",
    re.I,
)
REFUSED = re.compile(r"valid authentication credentials|returned a 40[13] |40[13] (unauthorized|forbidden)|40[17] proxy", re.I)
FETCHED = re.compile(r"Failed to fetch: `?(\S+?)`?$", re.M)
MISSING_PACKAGE = re.compile(r"Because (\S+) was not found in the (?:package registry|cache|provided)")
MISSING_VERSION = re.compile(r"(?:there is no version of|no version of|there are no versions of) (\S+?)[,\s]")
NO_WHEEL = re.compile(r"Because (\S+) has no (?:usable wheels|wheels)")
PYTHON = re.compile(r"the current Python version \(([^)]*)\) does not satisfy Python(\S+)", re.I)
BUILD = re.compile(r"Failed to (?:download and )?build `([^`]+)`|Failed to build:? (\S+)")
NOT_THERE = re.compile(r"Distribution not found at: (?:file://)?(\S+)")
NO_SOLUTION = "No solution found"
POSITION = re.compile(r"Couldn't parse requirement in `[^`]*` at position (\d+)")


def install_failure(output, requirements, code_root):
    """`output` is what uv said, `requirements` the text it read, `code_root` where relative paths begin."""
    text = output.replace("\r", "")
    if DISK.search(text):
        return failed("disk_full", "There is no space left for the app's packages.")
    if UNREACHABLE.search(text) and NO_SOLUTION not in text and "Git operation failed" not in text:
        return failed("index_unavailable", unreachable(text))
    if "network was disabled" in text:
        return failed("index_unavailable", f"The package index is off, and {missing(text)} was not fetched before.")
    if REFUSED.search(text):
        return failed("index_unavailable", f"The package index refused access, asked for {missing(text)}.")
    return failed("dependency_failed", requirement_at_fault(text, requirements, code_root))


def failed(reason, message):
    return Failure(reason, message, code=1)


def missing(text):
    match = MISSING_PACKAGE.search(text)
    return match.group(1) if match else "a package"


def unreachable(text):
    match = FETCHED.search(text)
    causes = re.findall(r"cause: (.*)", text)
    cause = causes[-1].strip() if causes else "no answer"
    return f"The package index does not answer{f' ({match.group(1)})' if match else ''}: {cause}."


def requirement_at_fault(text, requirements, code_root):
    position = POSITION.search(text)
    if position:
        return unreadable_line(text, requirements, int(position.group(1)))
    if NO_SOLUTION in text:
        return no_solution(text)
    absent = NOT_THERE.search(text)
    if absent:
        path = absent.group(1).replace(code_root.rstrip("/") + "/", "")
        return f"requirements.txt names {path}, which is not in the bundle."
    if "Building source distributions is disabled" in text:
        return "requirements.txt names source code, and building from source is off: the package index needs credentials."
    build = BUILD.search(text)
    if build:
        return f"{build.group(1) or build.group(2)} could not be built from its source; the log says why."
    return f"The requirements cannot be installed: {sentence(text)}"


def no_solution(text):
    package = MISSING_PACKAGE.search(text)
    if package:
        return f"The package index has no package named {package.group(1)}."
    wheel = NO_WHEEL.search(text)
    if wheel and "building from source is disabled" in text:
        return f"{wheel.group(1)} has no ready-made wheel for this Python, and building from source is off."
    version = MISSING_VERSION.search(text)
    if version:
        return f"The package index has no version {version.group(1)}."
    python = PYTHON.search(text)
    if python:
        return f"The requirements need Python{python.group(2)}, this is {python.group(1)}: {sentence(text)}"
    return f"The requirements contradict each other: {sentence(text)}"


def unreadable_line(text, requirements, position):
    line = requirements.encode()[:position].count(b"\n") + 1
    causes = re.findall(r"cause: (.*)", text)
    content = (requirements.split("\n")[line - 1 : line] or [""])[0].strip()
    return f"requirements.txt line {line} cannot be read ({content}): {causes[0] if causes else 'not a requirement'}."


def sentence(text):
    """uv's own explanation on one line, without its hints."""
    explanation = re.sub(r".*?error: ", "", text.split("\nhint:")[0], count=1, flags=re.S)
    explanation = re.sub(r"^\s*cause: ", "", explanation.replace(NO_SOLUTION + " when resolving dependencies", ""), flags=re.M)
    line = " ".join(explanation.split())
    return line if len(line) <= LONGEST_MESSAGE else line[:LONGEST_MESSAGE] + " …"
