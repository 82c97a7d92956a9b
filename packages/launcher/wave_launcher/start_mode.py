"""Decides by reading its source how a Wave app starts; nothing of it is run for that."""

import ast
import warnings

from find_module import Module, find_module, locate, not_runnable, search_path

DEEPEST_REEXPORT = 5


class StartMode:
    """`is_asgi`: uvicorn serves `<module>:main`; otherwise `python3 -m <module>`. `why` is for the log."""

    def __init__(self, module, is_asgi, why):
        self.module = module
        self.is_asgi = is_asgi
        self.why = why


def start_mode(name, paths):
    module = find_module(name, paths)
    facts = read_facts(module.path)
    if facts is None and not module.is_package:
        return StartMode(module, False, f"{name} cannot be read as Python source")
    if facts is not None and facts.has_main_block and not module.is_package:
        return StartMode(module, False, f"{name} has an `if __name__ == '__main__'` block")
    if facts is not None and serves_asgi(facts, module, paths):
        return StartMode(module, True, f"{name} imports h2o_wave, has `main` and no `__main__` block")
    if module.is_package:
        raise not_runnable(name, paths)
    lacking = "has no `main`" if facts.imports_wave else "does not import h2o_wave"
    return StartMode(module, False, f"{name} {lacking}")


def serves_asgi(facts, module, paths, depth=0):
    if facts.has_main and facts.imports_wave:
        return True
    if facts.main_from is None or depth == DEEPEST_REEXPORT:
        return False
    other = resolve(facts.main_from, module)
    spec = locate(other, search_path(paths)) if other else None
    inner = read_facts(spec.origin) if spec else None
    package = spec is not None and spec.submodule_search_locations is not None
    return inner is not None and serves_asgi(inner, Module(other, spec.origin, package), paths, depth + 1)


def resolve(source, module):
    """The absolute name of `from <source> import main` in `module`."""
    level, name = source
    if level == 0:
        return name
    parts = module.name.split(".")
    base = parts[: len(parts) - level + (1 if module.is_package else 0)]
    return ".".join([*base, *([name] if name else [])])


class Facts:
    def __init__(self):
        self.imports_wave = False
        self.has_main = False
        self.main_from = None
        self.has_main_block = False


def read_facts(path):
    """None when there is no source, or none that this Python understands."""
    try:
        with open(path, "rb") as source, warnings.catch_warnings():
            warnings.simplefilter("ignore")
            tree = ast.parse(source.read())
    except (OSError, TypeError, ValueError, SyntaxError, RecursionError, MemoryError):
        return None
    facts = Facts()
    for statement in top_level(tree.body):
        note(facts, statement)
    return facts


def top_level(statements):
    """Statements that run on import: those inside `if`, `try` and `with` too, those of functions and classes not."""
    for statement in statements:
        yield statement
        if isinstance(statement, (ast.If, ast.Try, ast.With)):
            if is_main_block(statement):
                continue
            for field in ("body", "orelse", "finalbody"):
                yield from top_level(getattr(statement, field, []))
            for handler in getattr(statement, "handlers", []):
                yield from top_level(handler.body)


def note(facts, statement):
    if isinstance(statement, ast.Import):
        facts.imports_wave |= any(is_wave(alias.name) for alias in statement.names)
        facts.has_main |= any(alias.asname == "main" for alias in statement.names)
    elif isinstance(statement, ast.ImportFrom):
        note_import_from(facts, statement)
    elif isinstance(statement, (ast.Assign, ast.AnnAssign)):
        targets = statement.targets if isinstance(statement, ast.Assign) else [statement.target]
        facts.has_main |= any(isinstance(target, ast.Name) and target.id == "main" for target in targets)
    elif isinstance(statement, (ast.FunctionDef, ast.AsyncFunctionDef)):
        # `main(scope, receive, send)` is an ASGI app; any other function of that name is not.
        facts.has_main |= statement.name == "main" and len(statement.args.args) == 3
    elif is_main_block(statement):
        facts.has_main_block = True


def note_import_from(facts, statement):
    from_wave = statement.level == 0 and is_wave(statement.module or "")
    names = [alias.asname or alias.name for alias in statement.names]
    facts.imports_wave |= from_wave
    if "main" in names or "*" in names:
        if from_wave:
            facts.has_main = True
        else:
            facts.main_from = (statement.level, statement.module or "")


def is_wave(name):
    return name == "h2o_wave" or name.startswith("h2o_wave.")


def is_main_block(statement):
    test = statement.test if isinstance(statement, ast.If) else None
    if not isinstance(test, ast.Compare) or len(test.comparators) != 1:
        return False
    sides = [test.left, test.comparators[0]]
    named = any(isinstance(side, ast.Name) and side.id == "__name__" for side in sides)
    return named and any(isinstance(side, ast.Constant) and side.value == "__main__" for side in sides)
