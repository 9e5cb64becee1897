"""Imports go down only, and siblings on a row never import each other."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

# From the bottom up; rooms on one row may not import each other, but for theme, on which
# formats stand. `importers` is built on what converts, `check` and `deliver` on the engine.
ROWS = (
    {"model"},
    {"basics"},
    {"problems"},
    {"plugins", "workers"},
    {"memo", "output"},
    {"frontmatter", "settings"},
    {"permalinks", "edition_periods", "story_order", "problem_lines"},
    {"theme"},
    {"convert", "read", "arrange", "formats"},
    {"engine", "importers"},
    {"query"},
    {"preview", "check", "deliver", "doctor"},
    {"cli"},
)
HEIGHT = {room: height for height, row in enumerate(ROWS) for room in row}
ALSO_NEVER = {
    ("theme", "frontmatter"),
    ("convert", "theme"),
    ("read", "theme"),
    ("arrange", "theme"),
}
PRINTERS = ("print", "exit", "quit", "input")


def room_of(module: str) -> str:
    """`site_gen.read.article` is in the room `read`; the package itself in none."""
    name = module.removeprefix("site_gen").lstrip(".").split(".")[0]
    return "cli" if name == "__main__" else name


def imported(tree: ast.AST, package: str) -> Iterator[tuple[str, int]]:
    """Modules of ours that a file imports, lazily too, with their lines."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((a.name, node.lineno) for a in node.names if a.name.startswith("site_gen"))
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, f"relative import in {package}:{node.lineno}"
            if node.module == "site_gen":
                yield from ((f"site_gen.{a.name}", node.lineno) for a in node.names)
            elif node.module and node.module.startswith("site_gen."):
                yield node.module, node.lineno


def sources(checkout: Path) -> dict[str, ast.Module]:
    """Our modules by dotted name."""
    found = {}
    for path in sorted((checkout / "site_gen").rglob("*.py")):
        parts = path.relative_to(checkout).with_suffix("").parts
        found[".".join(p for p in parts if p != "__init__")] = ast.parse(path.read_text("utf-8"))
    return found


@pytest.fixture(scope="module")
def modules(checkout: Path) -> dict[str, ast.Module]:
    return sources(checkout)


def test_every_room_has_its_row(modules: dict[str, ast.Module]) -> None:
    assert {room_of(name) for name in modules} - {""} <= set(HEIGHT)


def test_imports_go_down_only(modules: dict[str, ast.Module]) -> None:
    wrong = []
    for name, tree in modules.items():
        here = room_of(name)
        for target, line in imported(tree, name):
            there = room_of(target)
            if not there or there == here or there == "__version__":
                continue
            if HEIGHT[there] >= HEIGHT.get(here, 0) or (here, there) in ALSO_NEVER:
                wrong.append(f"{name}:{line} imports {target}")
    assert wrong == []


def needed(tree: ast.Module, modules: dict[str, ast.Module]) -> set[str]:
    """Files of ours that a file imports, lazily or for its types too."""
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            inner = {f"{node.module}.{alias.name}" for alias in node.names}
            found |= inner & modules.keys() or {node.module}
    return found & modules.keys()


def test_no_file_leads_back_to_itself(modules: dict[str, ast.Module]) -> None:
    left = {name: needed(tree, modules) - {name} for name, tree in modules.items()}
    while ends := {name for name, others in left.items() if not others & left.keys()}:
        left = {name: others for name, others in left.items() if name not in ends}
    # What is left leads into a circle, or is part of one.
    assert sorted(left) == []


# Of the engine's own: its rooms and, by name, the files of its folder that each may import.
LEAVES = {"report", "snapshot"}
MAY_IMPORT = {
    "cache": LEAVES,
    "inputs": {"cache", "site", "keys", "up_to_date", *LEAVES},
}


def test_rooms_of_the_engine_import_what_their_faces_say(
    checkout: Path, modules: dict[str, ast.Module]
) -> None:
    engine = checkout / "site_gen" / "engine"
    assert {path.parent.name for path in engine.glob("*/__init__.py")} == set(MAY_IMPORT)
    wrong = [
        f"{name} imports {other}"
        for name, tree in modules.items()
        for other in sorted(needed(tree, modules))
        if (here := in_engine(name)) in MAY_IMPORT
        and (there := in_engine(other))
        and there not in {here, *MAY_IMPORT[here]}
    ]
    assert wrong == []


def in_engine(module: str) -> str:
    """The engine's room that a module is in, or its own name in the engine's folder."""
    below = module.removeprefix("site_gen.engine.")
    return "" if below == module else below.split(".")[0]


def test_only_the_command_line_prints_or_exits(modules: dict[str, ast.Module]) -> None:
    wrong = [
        f"{name}:{node.lineno} calls {node.func.id}"
        for name, tree in modules.items()
        if room_of(name) != "cli"
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id in PRINTERS
    ]
    assert wrong == []


SAFE_HTML = {"site_gen.basics.safehtml"}
URL = {"site_gen.basics.urls"}
# The empty body needs no sanitiser; the memo gives back what the sanitiser made.
EMPTY_HTML = {
    "site_gen.model.articles",
    "site_gen.model.catalog",
    "site_gen.model.editions",
    "site_gen.read.article",
    "site_gen.read.markdown",
}
DECODED_HTML = {"site_gen.formats.common.stored_parts"}


def test_safe_html_and_urls_are_made_in_one_place(modules: dict[str, ast.Module]) -> None:
    wrong = []
    for name, tree in modules.items():
        for node in ast.walk(tree):
            made = _made(node)
            if made is None:
                continue
            kind, empty = made
            allowed = URL if kind == "Url" else SAFE_HTML | DECODED_HTML
            if name not in allowed and not (empty and name in EMPTY_HTML):
                wrong.append(f"{name}:{node.lineno} makes {kind}")  # type: ignore[attr-defined]
    assert wrong == []


def _made(node: ast.AST) -> tuple[str, bool] | None:
    """(kind, whether it is the empty text) for `SafeHtml(...)`, `Url(...)` or a cast to one."""
    if not isinstance(node, ast.Call):
        return None
    names = {
        n.id if isinstance(n, ast.Name) else n.attr
        for n in (node.func, *node.args[:1])
        if isinstance(n, ast.Name | ast.Attribute)
    }
    cast = isinstance(node.func, ast.Name) and node.func.id == "cast"
    called = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
    kinds = names & {"SafeHtml", "Url"} if cast else {called} & {"SafeHtml", "Url"}
    if not kinds:
        return None
    first = node.args[0] if node.args else None
    return kinds.pop(), isinstance(first, ast.Constant) and first.value == ""


DANGEROUS = {
    *("eval", "exec", "compile", "__import__"),
    *(f"{library}.{call}" for library in ("pickle", "marshal") for call in ("load", "loads")),
    *("yaml.unsafe_load", "yaml.full_load", "os.system", "shelve.open"),
}


OUR_OWN = {
    # In a worker of a cluster: what the build sent that it works for (docs/workers.md).
    ("site_gen.workers.spread", "pickle.loads"),
}


def test_nothing_that_was_stored_or_written_is_run(modules: dict[str, ast.Module]) -> None:
    wrong = [
        f"{name}:{node.lineno} calls {ast.unparse(node.func)}"
        for name, tree in modules.items()
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and ast.unparse(node.func) in DANGEROUS
        if (name, ast.unparse(node.func)) not in OUR_OWN
    ]
    assert wrong == []


HEAVY = ("markdown_it", "jinja2", "feedgen", "lxml", "nh3", "rich", "feedparser", "babel")


def test_a_build_with_nothing_to_do_imports_nothing_heavy(checkout: Path) -> None:
    code = (
        "import sys, site_gen.engine.build, site_gen.engine.up_to_date\n"
        f"print([m for m in {(*HEAVY, 'msgspec', 'yaml', 'importlib.metadata')!r}"
        " if m in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=checkout, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"
