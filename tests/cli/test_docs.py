"""The documentation is complete and true where a machine can tell."""

import importlib.util
import re
import tomllib
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from types import ModuleType
from typing import Any, get_args, get_origin

import click
import msgspec
import pytest
from msgspec.structs import replace

from site_gen.cli.main import COMMON, group
from site_gen.cli.theme import views_offered
from site_gen.engine.report import Options
from site_gen.formats.common.units import Digests
from site_gen.formats.html import head as heads
from site_gen.formats.html import pages as html
from site_gen.formats.mail import letter as email_edition
from site_gen.formats.mail.views import Note
from site_gen.frontmatter.check import FIELDS
from site_gen.importers import KINDS
from site_gen.model import (
    Author,
    Correction,
    Credit,
    Image,
    Page,
    Provider,
    Related,
    SafeHtml,
    Source,
    Stored,
)
from site_gen.query import catalog_of
from site_gen.read.notes import NoteMatter
from site_gen.read.pages import PageMatter
from site_gen.settings import FORMATS, Settings, load
from site_gen.settings.tables import NewsletterSettings
from site_gen.theme.load import load_theme

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
PAGES = (ROOT / "README.md", *sorted(DOCS.glob("*.md")))
NOW = datetime(2024, 6, 1, tzinfo=UTC)
NESTED = (Author, Correction, Credit, Image, Provider, Related, Source)


def text(name: str) -> str:
    return (DOCS / name).read_text("utf-8")


def sections(page: str) -> dict[str, str]:
    """The text below each heading, up to the next of the same level or above."""
    found = {}
    heads_ = list(re.finditer(r"^(#+) (.+)$", page, re.MULTILINE))
    for index, head in enumerate(heads_):
        rest = (h.start() for h in heads_[index + 1 :] if len(h[1]) <= len(head[1]))
        found[head[2]] = page[head.end() : next(rest, len(page))]
    return found


def first_cells(part: str) -> set[str]:
    """Code in the first cells of the tables of a part."""
    rows = re.findall(r"^\| (.+?) \|", part, re.MULTILINE)
    return {name for row in rows for name in re.findall(r"`([^`]+)`", row)}


def commands() -> Iterator[tuple[str, click.Command]]:
    context = click.Context(group)
    for name in group.list_commands(context):
        found = group.get_command(context, name)
        assert found is not None
        yield name, found


def visible(found: click.Command) -> set[str]:
    return {
        flag
        for option in found.params
        if isinstance(option, click.Option) and not option.hidden
        for flag in (*option.opts, *option.secondary_opts)
    }


def named(part: str) -> set[str]:
    """Options in the first cells of tables, without what they take."""
    return {cell.split()[0] for cell in first_cells(part) if cell.startswith("-")}


@pytest.mark.parametrize("name", [name for name, _ in commands()])
def test_every_option_of_a_command_is_documented_and_no_other(name: str) -> None:
    found = dict(commands())[name]
    part = sections(text("commands.md"))[f"`{name}`"]
    children = found.commands.values() if isinstance(found, click.Group) else ()
    options = visible(found).union(*map(visible, children))
    common = {flag for option in COMMON for flag in (*option.opts, *option.secondary_opts)}
    assert options - common == named(part)
    for child in children:
        assert f"site-gen {name} {child.name}" in part


def test_the_time_of_a_command_is_explained_alike_by_all() -> None:
    told = {
        option.help
        for _, found in commands()
        for each in (found, *getattr(found, "commands", {}).values())
        for option in each.params
        if isinstance(option, click.Option) and "--now" in option.opts and not option.is_flag
    }
    assert told == {"Use this as the current time."}


def test_the_common_options_are_documented() -> None:
    part = sections(text("commands.md"))["Every command"]
    common = {flag for option in COMMON for flag in (*option.opts, *option.secondary_opts)}
    assert named(part) == common | {"-h", "--help", "--version"}


def test_every_command_is_in_the_readme_and_nothing_else() -> None:
    part = sections((ROOT / "README.md").read_text("utf-8"))["Commands"]
    told = {cell.split()[1] for cell in first_cells(part) if cell.startswith("site-gen ")}
    assert told == {name for name, _ in commands()}


def tables(kind: Any) -> Iterator[type[msgspec.Struct]]:
    """The structs that a type of a setting holds."""
    if isinstance(kind, type) and issubclass(kind, msgspec.Struct):
        yield kind
    for inner in get_args(kind):
        yield from tables(inner)


@pytest.mark.parametrize("field", Settings.__struct_fields__)
def test_every_setting_is_documented(field: str) -> None:
    page = text("settings.md")
    found = next(f for f in msgspec.structs.fields(Settings) if f.name == field)
    field, inner = found.encode_name, next(tables(found.type), None)
    if inner is None:
        assert field in first_cells(page)
        return
    part = next(t for head, t in sections(page).items() if re.search(rf"\[{field}[\].]", head))
    cells = {cell.removeprefix(f"{field}.").partition(".")[0] for cell in first_cells(part)}
    assert {f.encode_name for f in msgspec.structs.fields(inner)} <= cells


def test_every_format_is_documented() -> None:
    assert set(FORMATS) <= first_cells(sections(text("settings.md"))["Formats"])


def test_every_default_of_a_setting_is_true() -> None:
    for line in sections(text("settings.md"))["The site"].splitlines():
        row = re.match(r"\| `(\w+)` \| `(.+?)` \|", line)
        if row:
            assert tomllib.loads(f"x = {row[2]}")["x"] == getattr(Settings(), row[1])


@pytest.mark.parametrize("field", FIELDS)
def test_every_key_of_front_matter_is_documented(field: str) -> None:
    assert re.search(rf"`{field}`", text("front-matter.md"))


@pytest.mark.parametrize("kind", NESTED, ids=lambda kind: kind.__name__)
def test_keys_inside_are_documented(kind: type[msgspec.Struct]) -> None:
    page = text("front-matter.md")
    for field in kind.__struct_encode_fields__:
        assert f"`{field}`" in page


@pytest.mark.parametrize(
    ("kind", "head"),
    [(NoteMatter, "The note of an edition"), (PageMatter, "A page without a date")],
)
def test_notes_and_pages_are_documented(kind: type[msgspec.Struct], head: str) -> None:
    cells = first_cells(sections(text("front-matter.md"))[head])
    assert cells == set(kind.__struct_encode_fields__)


def anchor(head: str) -> str:
    """The fragment that a heading gets on GitHub."""
    kept = re.sub(r"[^\w\- ]", "", re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", head).lower())
    return kept.replace(" ", "-")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_relative_link_leads_somewhere(page: Path) -> None:
    prose = re.sub(r"^```.*?^```", "", page.read_text("utf-8"), flags=re.MULTILINE | re.DOTALL)
    links = re.findall(r"\]\(([^)\s]+)\)", re.sub(r"`[^`\n]*`", "", prose))
    for link in links:
        path, _, fragment = link.partition("#")
        if re.match(r"[a-z]+:", path):
            continue
        target = (page.parent / path).resolve() if path else page
        assert target.exists(), link
        if fragment:
            assert fragment in {anchor(h) for h in sections(target.read_text("utf-8"))}, link


def test_every_page_is_reached_from_the_readme() -> None:
    readme = (ROOT / "README.md").read_text("utf-8")
    for page in PAGES[1:]:
        assert f"(docs/{page.name})" in readme


OURS = ("site_gen", "themes", "tests", "benchmarks", "docs")
ELSEWHERE = {"gen_corpus.py"}
"""Not of this repository."""


def test_every_python_file_that_the_docs_name_exists() -> None:
    ours = [f"/{path.relative_to(ROOT)}" for top in OURS for path in (ROOT / top).rglob("*.py")]
    for page in (*PAGES, ROOT / "benchmarks/README.md"):
        told = re.sub(r"^```.*?^```", "", page.read_text("utf-8"), flags=re.MULTILINE | re.DOTALL)
        told = re.sub(r"^\| was \|.*?\n\n", "", told, flags=re.MULTILINE | re.DOTALL)
        for name in set(re.findall(r"`([\w/]+\.py)[`:]", told)) - ELSEWHERE:
            assert any(path.endswith(f"/{name}") for path in ours), f"{page.name}: {name}"


@pytest.fixture(scope="module")
def make_views() -> ModuleType:
    spec = importlib.util.spec_from_file_location("make_views", DOCS / "make_views.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_reference_of_views_is_as_the_program_makes_it(make_views: ModuleType) -> None:
    page = text("themes.md")
    assert make_views.made() in page, "run `python docs/make_views.py`"
    assert make_views.renewed(page) == page


def test_every_template_and_view_is_described(make_views: ModuleType) -> None:
    assert set(make_views.PAGES) == set(views_offered())
    assert set(make_views.VIEWS) == {v for views in views_offered().values() for v in views}


def fits(value: Any, hint: Any) -> bool:
    """Whether a view's value is of the type that the reference says."""
    if isinstance(value, heads.Head):
        value = heads.page_view(value)
    if isinstance(value, Stored):
        return hint.__name__ == "ArticleView" if value.part == "article" else SafeHtml in (
            hint, *get_args(hint)
        )  # fmt: skip
    if hint is SafeHtml:
        return isinstance(value, str)
    if get_origin(hint) is tuple:
        return isinstance(value, tuple) and all(fits(v, get_args(hint)[0]) for v in value)
    if get_origin(hint) is dict:
        return isinstance(value, dict)
    if get_args(hint):
        return any(fits(value, each) for each in get_args(hint))
    return isinstance(value, hint)


@pytest.fixture
def planned(harbour: Any) -> list[Page]:
    """The pages and letters of a site whose theme names every view in every template."""
    harbour.edit(
        "content/ferry.md", "topics:", "author: {name: Jane, bio: Writes.}\nsection: Quay\ntopics:"
    )
    said = "corrections: [{date: 2024-02-20, text: Not so.}]\ntopics:"
    harbour.edit("content/ferry.md", "topics:", said)
    harbour.edit("content/ferry.md", "topics:", "story: ferry\ntopics:")
    for number in (1, 2):
        more = f"---\ntitle: More\nstory: ferry\npublishedDateTime: 2024-02-2{number + 6}\n---\n"
        harbour.put(f"content/more-{number}.md", more.encode())
    harbour.put("content/pages/about.md", b"---\ntitle: About\n---\nUs.\n")
    harbour.put("themes/every/theme.toml", b'name = "every"\nextends = "broadsheet"\n')
    for template, views in views_offered().items():
        source = "".join(f"{{{{ {view} }}}}" for view in views)
        harbour.put(f"themes/every/templates/{template}", source.encode())
    settings = load(harbour.root).settings
    assert settings is not None
    letter = NewsletterSettings(service="form", action="https://mail.example/in")
    settings = replace(settings, newsletter=letter)
    catalog, problems = catalog_of(harbour.root, Options(now=NOW, jobs=1))
    assert not problems
    theme = load_theme(harbour.root, "every", {}, "en")
    digests = Digests(catalog)
    return [
        page
        for module in (html, email_edition)
        for unit in module.units(catalog, theme, settings, digests)
        for page in unit.plan()
    ]


def test_views_are_of_the_types_that_the_reference_says(
    make_views: ModuleType, planned: list[Page]
) -> None:
    assert {page.template for page in planned} == set(views_offered())
    seen = set()
    for page in planned:
        for name, view in page.views.items():
            if view.value is None:
                continue
            hint = make_views.VIEWS[name]
            value = view.value
            if isinstance(value, Note):  # its text alone is what the template of a letter is given
                value = value.html
            assert fits(value, hint), f"{page.path}: {name} is {type(value).__name__}"
            seen.add(name)
    assert seen == set(make_views.VIEWS)


def test_mistakes_and_what_is_said_of_them(monkeypatch: pytest.MonkeyPatch) -> None:
    spec = importlib.util.spec_from_file_location("make_problems", DOCS / "make_problems.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    page = text("problems.md")
    blocks = module.BLOCK.findall(page)
    assert len(blocks) >= 30
    assert all(said.strip() for _, _, said in blocks), "a mistake of which nothing is said"
    assert module.renewed(page) == page, "run `python docs/make_problems.py`"


CALL = re.compile(
    r"(?<![\w/.-])(?<!-t )(?:\.venv/bin/)?site-gen((?: +(?:\"[^\"]*\"|[^\s|&;>)`\"#]+))*)"
)


def calls() -> Iterator[tuple[str, list[str]]]:
    """Every call of ours in a block of code: the page, and its words."""
    for page in (*PAGES, ROOT / "netlify.toml"):
        whole = page.read_text("utf-8")
        blocks = re.findall(r"^```(?:sh|yaml|crontab)\n(.*?)^```", whole, re.MULTILINE | re.DOTALL)
        for line in "\n".join(blocks if page.suffix == ".md" else [whole]).splitlines():
            for found in CALL.findall(re.split(r"(?:^| )#", line)[0]):
                if words := found.split():
                    yield f"{page.name}: {line.strip()}", words


def test_every_call_in_the_docs_names_a_command_and_options_that_there_are() -> None:
    known = dict(commands())
    common = {flag for option in COMMON for flag in (*option.opts, *option.secondary_opts)}
    seen = set()
    for where, words in calls():
        named_words = [w for w in words if not w.startswith("-")]
        name = next((w for w in named_words if w in known), None)
        if name is None:
            assert all(w.startswith("-") or words[n - 1] == "-C" for n, w in enumerate(words)), (
                where
            )
            continue
        found = known[name]
        seen.add(name)
        flags = {flag for p in found.params for flag in (*p.opts, *p.secondary_opts)}
        for child in getattr(found, "commands", {}).values():
            flags |= {flag for p in child.params for flag in (*p.opts, *p.secondary_opts)}
        given = {w.partition("=")[0] for w in words if re.match(r"--?[A-Za-z]", w)}
        assert given <= flags | common | {"-h", "--help", "--version"}, where
    assert len(seen) > 12


def test_every_kind_of_import_is_listed() -> None:
    text = (DOCS / "commands.md").read_text("utf-8")
    listed = text.partition("KIND is")[2].partition("DIR is")[0]
    assert re.findall(r"`([a-z]+)`", listed) == list(KINDS)
