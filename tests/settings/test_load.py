"""The settings file: found, read, every fault placed."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from site_gen.problems import layout
from site_gen.settings import NO_TAG, Settings, find, load, parse
from site_gen.settings.bounds import BOUNDS, json_schema

GOOD = 'base_url = "https://t.example"\n[feeds]\ntag = "t.example,2024"\n'


def said(text: str, name: str = "site.toml") -> list[str]:
    return [layout(problem) for problem in parse(text, name).problems]


def firsts(text: str) -> list[str]:
    loaded = parse(text)
    assert loaded.settings is None
    return [layout(problem).split("\n")[0] for problem in loaded.problems]


def test_an_empty_file_is_a_working_site() -> None:
    loaded = parse("")
    assert loaded.settings == Settings()
    assert said("") == [
        "warning[settings/base-url] base_url is not set; http://localhost:8000/ is used\n"
        "  --> site.toml\n"
        'help: add base_url = "https://example.org"',
        "warning[settings/tag] feeds.tag is not set; site-gen.invalid,2026 is used for guids\n"
        "  --> site.toml\n"
        'help: add [feeds] tag = "example.org,2026" before you publish',
    ]


def test_defaults_are_those_of_the_contract() -> None:
    settings = Settings()
    assert settings.tag == NO_TAG == "site-gen.invalid,2026"
    assert settings.base == "http://localhost:8000"
    assert (settings.timezone, settings.first_weekday) == ("UTC", 0)
    assert settings.editions.show_open
    assert (settings.editions.cutoff_time, settings.editions.first_number) == ("24:00", 1)
    assert settings.rights.default == "full"
    assert settings.images.remote == "link"
    assert settings.limits.file_bytes == 1 << 20
    assert (settings.article_pages, settings.article_permalink) == ("all", "/articles/{slug}/")


def test_a_good_file_has_no_problems() -> None:
    assert parse(GOOD).problems == ()
    assert parse(GOOD + "[theme_options]\nanything = true\n").problems == ()


def test_an_unknown_setting_is_named_with_the_nearest() -> None:
    assert said(GOOD + "[editions]\nfirst_weekdy = 'sunday'\n") == [
        'error[settings/unknown-key] unknown key "editions.first_weekdy".'
        ' Did you mean "first_weekday"?\n'
        "  --> site.toml:5:1\n"
        "    5 | first_weekdy = 'sunday'\n"
        "      | ^^^^^^^^^^^^\n"
        "help: correct the name, or remove the line"
    ]


def test_a_setting_of_the_site_below_a_table_is_sent_up() -> None:
    assert said(GOOD + "[[sections]]\nname = 'A'\nformats = ['rss']\n") == [
        'error[settings/unknown-key] unknown key "sections[0].formats".'
        " It belongs above the first table.\n"
        "  --> site.toml:6:1\n"
        "    6 | formats = ['rss']\n"
        "      | ^^^^^^^\n"
        "help: move the line up, before the first line in [brackets]"
    ]


def test_a_wrong_type_is_placed() -> None:
    assert said(GOOD.replace('"https://t.example"', "5")) == [
        "error[settings/type] base_url: expected text, got 5\n"
        "  --> site.toml:1:1\n"
        "    1 | base_url = 5\n"
        "      | ^^^^^^^^\n"
        "help: correct the value, or remove the line"
    ]


def test_a_choice_says_what_is_on_offer() -> None:
    found = firsts('[rights]\ndefault = "ful"\n')
    assert found == [
        "error[settings/type] rights.default: expected one of full, excerpt, link, "
        'got "ful". Did you mean "full"?'
    ]


def test_all_faults_come_in_one_run() -> None:
    found = firsts(
        'titel = "x"\ntitle = 1\n[[topics]]\nslug = 3\n[[topics]]\nname = "A"\nordr = 1\n'
        '[feeds]\nitems = "many"\n[authors.ann]\nbio = 2\n'
    )
    assert [line.split("] ", 1)[1] for line in found] == [
        'unknown key "titel". Did you mean "title"?',
        'unknown key "topics[1].ordr". Did you mean "order"?',
        "title: expected text, got 1",
        "topics[0].name: is required",
        "topics[0].slug: expected text, got 3",
        "authors.ann.name: is required",
        "authors.ann.bio: expected text, got 2",
        'feeds.items: expected a whole number, got "many"',
    ]


def test_text_that_is_no_toml_is_placed() -> None:
    (found,) = said("title = \n")
    assert found.startswith("error[settings/syntax] is not TOML: ")
    assert "\n  --> site.toml:1:9\n    1 | title =" in found
    (twice,) = said('title = "a"\ntitle = "b"\n')
    assert "settings/syntax" in twice


@pytest.mark.parametrize(
    ("text", "cure"),
    [
        ('title = "a"\n\ntitle = "b"\n', "remove one of the two: title is in line 1 too"),
        (
            "[feeds]\nitems = 3\n[images]\n\n[feeds]\nfull = 1\n",
            "merge the two tables: [feeds] is in line 1 too",
        ),
        (
            "[feeds]\nitems = 3\n[editions]\nitems = 1\nx = 2\nitems = 1\n",
            "remove one of the two: items is in line 4 too",
        ),
        ("[feeds\n", "correct the line"),
        ("feeds.items = 3\nfeeds = 2\n", "correct the line"),
        ("title = My Digest\n", 'put a text in double quotes: title = "My Digest"; write a number'),
        ("items = one\n", "write a number in digits, and true or false without quotes"),
        ("items = 3 4\n", "write a number in digits"),
    ],
)
def test_text_that_is_no_toml_has_a_cure(text: str, cure: str) -> None:
    (found,) = said(text)
    assert "settings/syntax" in found
    assert f"help: {cure}" in found or cure in found.partition("help: ")[2]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('timezone = "Berlin"', 'timezone: "Berlin" is no time zone'),
        ('timezone = "../../etc/passwd"', "is no time zone"),
        ('timezone = ""', "is no time zone"),
        ('language = "English!"', 'language: "English!" is no language tag'),
        ('base_url = "t.example"', "base_url: \"t.example\" does not start with"),
        ('base_url = "https://t.example/?a=1"', "base_url: has a query or fragment"),
        ('article_permalink = "/a/"', "article_permalink: lacks {slug}"),
        ('article_permalink = "/{slug}/{yaer}/"', 'unknown field {yaer}. Did you mean "year"?'),
        ('article_permalink = "{slug}"', "is not a path such as"),
        ('article_permalink = "/../{slug}/"', "is not a path such as"),
        ('editions = {permalink = "/e/"}', "editions.permalink: lacks {id}"),
        ('editions = {cutoff_time = "25:00"}', "editions.cutoff_time: is not a time of day"),
        ('editions = {first_weekday = "mon"}', "editions.first_weekday: expected one of monday"),
        ('feeds = {tag = "my tag"}', 'feeds.tag: "my tag" is no tag'),
        ("feeds = {items = 0}", "feeds.items: is not from 1 to 1000"),
        ('feeds = {hub = "x"}', "feeds.hub: "),
        ("limits = {file_bytes = 99999999}", "limits.file_bytes: is not from 1024 to 16777216"),
        ("limits = {article_seconds = 0.0}", "limits.article_seconds: is not from 0.1 to 60"),
        ('topics = [{name = "!"}]', "topics[0].name: gives no slug"),
        ('topics = [{name = "A"}, {name = "B", aliases = ["a"]}]', "also names the topic"),
        ("providers = [{}]", "providers[0]: needs a name or a domain"),
        ('providers = [{domain = "a b"}]', "providers[0].domain: is not a domain name"),
        ('providers = [{name = "A", feed_url = "x"}]', "providers[0].feed_url: "),
        ('authors = {a = {name = "A", url = "javascript:1"}}', "authors.a.url: "),
        ('publisher = {url = "x"}', "publisher.url: "),
        ('formats = ["html", "htlm"]', 'formats[1]: expected one of html'),
    ],
)  # fmt: skip
def test_values_that_cannot_be_are_named(text: str, message: str) -> None:
    found = firsts(text + "\n")
    assert any(message in line for line in found), found


def test_the_base_url_gives_a_root() -> None:
    loaded = parse('base_url = "https://t.example/digest/"\n')
    assert loaded.settings is not None
    assert (loaded.settings.base, loaded.settings.root) == ("https://t.example/digest", "/digest")


def test_no_settings_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (problem,) = load(tmp_path).problems
    assert layout(problem) == (
        "error[settings/missing] no site.toml in that folder\n"
        f"  --> {tmp_path}\n"
        "help: run `site-gen init` there, or `-C DIR` for another folder"
    )
    monkeypatch.chdir(tmp_path)
    (problem,) = load(tmp_path).problems
    assert layout(problem) == (
        "error[settings/missing] no site.toml in this folder\n"
        "  --> .\n"
        "help: run `site-gen init` here, or `-C DIR` for another folder"
    )


def test_pyproject_will_do(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text(
        '[project]\nname = "x"\n\n[tool.site_gen]\ntitle = 1\n'
    )
    loaded = load(tmp_path)
    assert loaded.path == "pyproject.toml"
    assert layout(loaded.problems[0]).split("\n")[:2] == [
        "error[settings/type] title: expected text, got 1",
        "  --> pyproject.toml:5:1",
    ]


def test_both_files_are_a_problem(tmp_path: Path) -> None:
    (tmp_path / "site.toml").write_text(GOOD)
    (tmp_path / "pyproject.toml").write_text("[tool.site_gen]\n")
    (problem,) = load(tmp_path).problems
    assert layout(problem) == (
        "error[settings/two] settings stand in site.toml and in [tool.site_gen] of pyproject.toml\n"
        "  --> site.toml\n"
        "  and pyproject.toml\n"
        "help: keep one of the two"
    )


@pytest.mark.parametrize(
    "text",
    ["# see [tool.site_gen]\n", "[tool.site_gen_other]\na = 1\n", "[project]\nname = 'x'\n"],
)
def test_a_pyproject_of_another_project_is_none_of_ours(tmp_path: Path, text: str) -> None:
    (tmp_path / "pyproject.toml").write_text(text)
    assert find(tmp_path) is None
    assert load(tmp_path).problems[0].code == "settings/missing"
    (tmp_path / "site.toml").write_text(GOOD)
    assert load(tmp_path).problems == ()


def test_sub_tables_alone_are_settings(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text("[tool.site_gen.feeds]\nitems = 5\n")
    loaded = load(tmp_path)
    assert loaded.settings is not None
    assert loaded.settings.feeds.items == 5


def test_a_list_of_tables_is_a_problem() -> None:
    loaded = parse("[[tool.site_gen]]\ntitle = 'x'\n", "pyproject.toml")
    assert loaded.settings is None
    assert "expected a mapping" in layout(loaded.problems[0])


def test_a_file_that_is_no_utf8_or_a_link_is_refused(tmp_path: Path) -> None:
    (tmp_path / "site.toml").write_bytes(b"title = 'x'\n# \xff\n")
    (problem,) = load(tmp_path).problems
    assert layout(problem) == (
        "error[settings/unreadable] site.toml is not UTF-8 (byte 0xff in line 2)\n"
        "  --> site.toml:2\n"
        "help: save it as UTF-8"
    )
    (tmp_path / "site.toml").rename(tmp_path / "other")
    (tmp_path / "site.toml").symlink_to(tmp_path / "other")
    assert load(tmp_path).problems[0].code == "settings/unreadable"


def test_a_bom_is_no_fault(tmp_path: Path) -> None:
    (tmp_path / "site.toml").write_bytes(b"\xef\xbb\xbf" + GOOD.encode())
    assert load(tmp_path).problems == ()


PIECES = st.lists(
    st.sampled_from(
        ["title", "topics", "editions", "feeds", "=", "[", "]", "[[", "]]", '"', "{", "}", ".",
         "\n", "1", "true", "name", "#", "'", ",", "nan", "2024-02-17", "\\u0000", "é"]
    ),
    max_size=14,
).map("".join)  # fmt: skip


@given(PIECES)
def test_any_text_is_settings_or_problems(text: str) -> None:
    for name, whole in (("site.toml", text), ("pyproject.toml", f"[tool.site_gen]\n{text}")):
        loaded = parse(whole, name)
        assert loaded.settings is not None or loaded.problems
        assert all(layout(problem) for problem in loaded.problems)


@pytest.mark.parametrize("path", BOUNDS)
def test_a_number_out_of_bounds_is_refused_and_the_schema_says_so(path: tuple[str, ...]) -> None:
    bound = BOUNDS[path]
    *tables, name = path
    for value, right in ((0, False), (bound.maximum + 1, False), (bound.minimum, True)):
        loaded = parse(f"[{'.'.join(tables)}]\n{name} = {value}\n", "site.toml")
        assert [p.code for p in loaded.problems if p.severity == "error"] == (
            [] if right else ["settings/value"]
        )
    made = json_schema()
    found = made["$defs"]["Settings"]
    for step in path:
        found = found["properties"][step]
        found = made["$defs"][found["$ref"].rpartition("/")[2]] if "$ref" in found else found
    assert (found["minimum"], found["maximum"]) == (bound.minimum, bound.maximum)


def test_a_tag_that_is_nobody_s_is_told_until_it_is_somebody_s() -> None:
    head = 'base_url = "https://t.example"\n[feeds]\n'
    (problem,) = parse(f'{head}tag = "d.invalid,2026"\n', "site.toml").problems
    assert (problem.code, problem.severity) == ("settings/tag", "warning")
    assert problem.where is not None
    assert problem.where.key == "tag"
    assert parse(f'{head}tag = "t.example,2026"\n', "site.toml").problems == ()


@pytest.mark.parametrize("path", ["/%2e%2e/x", "/a/%252E./x", "/../x", "/a%2f%2fx", "/a/./x"])
def test_a_redirect_from_a_path_with_hidden_steps_is_refused(path: str) -> None:
    (found,) = firsts(f'[[redirects]]\nfrom = "{path}"\nto = "/"\n')
    assert found.startswith("error[settings/value] redirects[0].from: ")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("items = 3\n", ' Did you mean "feeds.items"?'),
        ("[feeds]\nxyzzy = 1\n", "known in feeds: content, date, editions, hub, items"),
        ("xyzzy = 1\n", "known here: alias_pages,"),
        ('[[topics]]\nname = "A"\nzzz = 1\n', "known in topics[0]: aliases, description, keywords"),
    ],
)
def test_an_unknown_setting_far_from_all_names_says_which_there_are(text: str, said: str) -> None:
    (found,) = (layout(p) for p in parse(text).problems)
    assert said in found
