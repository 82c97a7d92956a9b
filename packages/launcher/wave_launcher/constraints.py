"""Constraints of the platform that hold only when a certain version of another package is chosen.

A pip constraints file, with sections: what stands below `[h2o-wave<1.8.9]` holds only for environments for which a
version of h2o-wave below 1.8.9 was chosen; what stands before the first section holds always.
"""

import re

SECTION = re.compile(r"^\[\s*([A-Za-z0-9][A-Za-z0-9._-]*)\s*([^\]]*)\]$")
SPECIFIER = re.compile(r"^\s*(==|!=|<=|>=|<|>)\s*([^\s]+)\s*$")
VERSION = re.compile(r"^v?(?:(\d+)!)?(\d+(?:\.\d+)*)([^+]*)")


class ConstraintsError(ValueError):
    """A section that says nothing; the message names its line."""


class Constraints:
    def __init__(self, always, sections):
        self.always = always
        self._sections = sections

    def for_packages(self, packages):
        """The additional lines for the chosen packages, a map from name to version, and the titles they stand under."""
        versions = {normalised(name): version for name, version in packages.items()}
        chosen = [
            section
            for section in self._sections
            if section.name in versions and satisfies(versions[section.name], section.specifiers)
        ]
        return [line for section in chosen for line in section.lines], [section.title for section in chosen]

    @property
    def is_conditional(self):
        return bool(self._sections)


class Section:
    def __init__(self, title, name, specifiers):
        self.title = title
        self.name = name
        self.specifiers = specifiers
        self.lines = []


def read_constraints(path):
    try:
        with open(path, encoding="utf-8-sig") as source:
            return parse_constraints(source.read())
    except FileNotFoundError:
        return Constraints([], [])


def parse_constraints(text):
    always, sections = [], []
    for number, raw in enumerate(text.splitlines(), 1):
        line = re.sub(r"(^|\s)#.*", "", raw).strip()
        if line.startswith("["):
            sections.append(parse_section(line, number))
        elif line:
            (sections[-1].lines if sections else always).append(line)
    return Constraints(always, sections)


def parse_section(line, number):
    match = SECTION.match(line)
    specifiers = [SPECIFIER.match(part) for part in match.group(2).split(",")] if match and match.group(2) else []
    if not match or not all(specifiers):
        raise ConstraintsError(f"line {number}: write a section as [name<version]")
    pairs = [specifier.groups() for specifier in specifiers]
    return Section(line[1:-1].strip(), normalised(match.group(1)), pairs)


def satisfies(version, specifiers):
    key = version_key(version)
    compare = {
        "==": lambda other: key == other,
        "!=": lambda other: key != other,
        "<=": lambda other: key <= other,
        ">=": lambda other: key >= other,
        "<": lambda other: key < other,
        ">": lambda other: key > other,
    }
    return all(compare[operator](version_key(other)) for operator, other in specifiers)


def version_key(version):
    """Orders versions by epoch and release; a pre-release comes before its release, a post-release after it."""
    match = VERSION.match(version.strip().lower())
    if not match:
        return (0, (), 0)
    release = [int(part) for part in match.group(2).split(".")]
    while release and release[-1] == 0:
        release.pop()
    suffix = match.group(3).lstrip(".-_")
    rank = 0 if not suffix else 1 if suffix.startswith(("post", "r")) and not suffix.startswith("rc") else -1
    return (int(match.group(1) or 0), tuple(release), rank)


def normalised(name):
    return re.sub(r"[-_.]+", "-", name).lower()
