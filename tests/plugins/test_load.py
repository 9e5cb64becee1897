"""Plugins in builds: exact keys, failures that name them, workers that load them."""

import pickle
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from site_gen.plugins import trust
from site_gen.plugins.load import load
from site_gen.problems import SiteError

from .conftest import EXAMPLES

SHOUT = 'FILTERS = {"shout": lambda text: text.upper() + "!"}\n'
TEMPLATE = b"""{% extends "parent:article.html" %}
{% block article_more %}
{{ article.card.title|shout }}
{{ super() }}
{% endblock %}
"""
OVERRIDE = "themes/overrides/templates/article.html"


@pytest.fixture
def shouting(extended: Any) -> Any:
    extended.plugin("loud", SHOUT)
    extended.site.put(OVERRIDE, TEMPLATE)
    extended.site.good()
    return extended


def rendered(report: Any) -> set[str]:
    return {each.path for each in report.rendered}


def clean(extended: Any) -> dict[str, bytes]:
    """A build from nothing."""
    extended.site.good(output=extended.root.parent / "clean")
    tree: dict[str, bytes] = {
        path.relative_to(extended.root.parent / "clean").as_posix(): path.read_bytes()
        for path in (extended.root.parent / "clean").rglob("*")
        if path.is_file()
    }
    return tree


def test_an_edited_filter_renders_what_uses_it_and_nothing_else(shouting: Any) -> None:
    assert "A FERRY!" in shouting.site.page("articles/ferry/index.html")
    assert rendered(shouting.site.good()) == set()
    shouting.plugin("loud", SHOUT.replace("!", "?"))
    assert rendered(shouting.site.good()) == {"articles/ferry/index.html"}
    assert "A FERRY?" in shouting.site.page("articles/ferry/index.html")
    assert shouting.site.tree() == clean(shouting)


def test_an_edited_format_renders_its_outputs_and_nothing_else(extended: Any) -> None:
    extended.plugin("wire", EXAMPLES["wire"])
    extended.site.good()
    # What the format plans differs, then what it renders.
    extended.plugin("wire", EXAMPLES["wire"].replace("card.title for", "card.id for"))
    assert rendered(extended.site.good()) == {"wire.txt"}
    assert extended.site.page("wire.txt") == "ferry\n"
    extended.plugin("wire", EXAMPLES["wire"].replace("{title}\\n", "{title}.\\n"))
    assert rendered(extended.site.good()) == {"wire.txt"}
    assert extended.site.page("wire.txt") == "A ferry.\n"
    assert extended.site.tree() == clean(extended)


def test_a_plugin_that_is_named_no_more_takes_its_outputs_along(extended: Any) -> None:
    extended.plugin("wire", EXAMPLES["wire"])
    extended.site.good()
    extended.names = []
    extended.settings()
    assert extended.site.good().removed == ("wire.txt",)


def test_a_new_format_is_built_by_two_workers_as_by_one(extended: Any) -> None:
    extended.plugin("wire", EXAMPLES["wire"])
    extended.plugin("loud", SHOUT)
    extended.site.put(OVERRIDE, TEMPLATE)
    for number in range(250):
        text = f"---\ntitle: Lamp {number}\npublishedDateTime: 2024-02-13\n---\nIt is lit.\n"
        extended.site.put(f"content/lamp-{number}.md", text.encode())
    extended.settings('formats = ["html"]\n')
    extended.site.good(jobs=2)
    assert "LAMP 249!" in extended.site.page("articles/lamp-249/index.html")
    assert extended.site.tree() == clean(extended)


def test_their_code_travels_to_workers(shouting: Any) -> None:
    sent = pickle.dumps(load(shouting.root, ["loud"]))
    shouting.plugin("loud", SHOUT.replace("!", "?"))  # what is here meanwhile is not asked
    code = "import pickle, sys; print(pickle.load(sys.stdin.buffer).offers('FILTERS')"
    code += "['shout'].value('a'))"
    done = subprocess.run([sys.executable, "-c", code], input=sent, capture_output=True, check=True)
    assert done.stdout.strip() == b"A!"


def test_an_installed_one_must_be_the_same_there(extended: Any, installed: Path) -> None:
    sent = pickle.dumps(load(extended.root, ["loud"]))
    assert pickle.loads(sent).offers("FILTERS")["shout"].value("a") == "A!"
    (installed / "harbour_loud.py").write_text(SHOUT.replace("!", "?"))
    with pytest.raises(SiteError, match="another one than where the build began"):
        pickle.loads(sent)


RAISES = 'def shout(text):\n    return text / 2\n\n\nFILTERS = {"shout": shout}\n'


def test_a_filter_that_raises_is_named_with_its_line_and_the_site_stays(shouting: Any) -> None:
    before = shouting.site.tree()
    shouting.plugin("loud", RAISES)
    report = shouting.site.build()
    assert [p[:2] for p in shouting.codes(report)] == [("plugin/failed", "plugins/loud.py")]
    problem = report.problems[0]
    assert (problem.where.line, problem.where.excerpt.strip()) == (2, "return text / 2")
    assert "the plugin loud: TypeError" in problem.message
    assert [(w.path, w.line) for w in problem.also] == [(OVERRIDE, 3)]
    assert shouting.site.tree() == before


@pytest.mark.parametrize(("text", "line", "said"), [
    ("FORMATS = {\n", 1, "SyntaxError"),
    ("import no_such_library\n", 1, "ModuleNotFoundError"),
    ("raise SystemExit(0)\n", 1, "SystemExit"),
    (EXAMPLES["wire"].replace("catalog.articles[:most]", "catalog.storys"), 11, "AttributeError"),
    (EXAMPLES["wire"].replace(".encode()", ".encode('latin-9', 3)"), 17, "TypeError"),
])  # fmt: skip
def test_whatever_fails_names_the_plugin(extended: Any, text: str, line: int, said: str) -> None:
    extended.site.good()
    before = extended.site.tree()
    extended.plugin("wire", text)
    report = extended.site.build()
    assert extended.codes(report) == [("plugin/failed", "plugins/wire.py", line)]
    assert f"the plugin wire: {said}" in report.problems[0].message
    assert extended.site.tree() == before


@pytest.mark.parametrize(("text", "code", "said"), [
    ("FILTRES = {}\n", "plugin/offer", 'Did you mean "FILTERS"?'),
    ("FILTERS = []\n", "plugin/offer", "FILTERS is no dict"),
    ("CHECK_RULES = {'a': 1}\n", "plugin/offer", "CHECK_RULES is no list"),
    ("FILTERS = {'upper': str}\n", "plugin/offer", "is one of site_gen already"),
    ("FORMATS = {'html': str}\n", "plugin/offer", "is one of site_gen already"),
    (EXAMPLES["wire"].replace(".encode()", ""), "plugin/offer", "gave str for wire.txt"),
])  # fmt: skip
def test_what_it_offers_in_a_wrong_form_is_said(
    extended: Any, text: str, code: str, said: str
) -> None:
    extended.plugin("wire", text)
    report = extended.site.build()
    assert [p.code for p in report.problems] == [code]
    assert said in report.problems[0].message


def test_a_misspelt_name_is_placed_in_the_settings(extended: Any) -> None:
    extended.plugin("wire", EXAMPLES["wire"])
    extended.names = ["wier", "No Name"]
    extended.settings()
    report = extended.site.build()
    assert extended.codes(report) == [("plugin/missing", "site.toml", 3),
                                      ("plugin/name", "site.toml", 3)]  # fmt: skip
    assert 'Did you mean "wire"?' in report.problems[0].message


def test_two_plugins_do_not_share_a_name(extended: Any) -> None:
    extended.plugin("loud", SHOUT)
    extended.plugin("louder", SHOUT)
    report = extended.site.build()
    assert extended.codes(report) == [("plugin/offer", "plugins/louder.py", 0)]
    assert "one of the plugin loud already" in report.problems[0].message


def test_a_package_with_modules_and_data(extended: Any) -> None:
    put = extended.site.put
    put("plugins/loud/__init__.py", b"from .words import shout\nFILTERS = {'shout': shout}\n")
    put("plugins/loud/words.py", b"from .inner.sign import SIGN\n\n\ndef shout(text):\n"
        b"    return text.upper() + SIGN\n")  # fmt: skip
    put("plugins/loud/inner/__init__.py", b"")
    put("plugins/loud/inner/sign.py", b"SIGN = '!'\n")
    extended.names = ["loud"]
    extended.settings()
    extended.trust()
    put(OVERRIDE, TEMPLATE)
    extended.site.good()
    put("plugins/loud/inner/sign.py", b"SIGN = '?'\n")
    extended.trust()
    assert rendered(extended.site.good()) == {"articles/ferry/index.html"}
    assert "A FERRY?" in extended.site.page("articles/ferry/index.html")


def test_a_preview_looks_at_plugins_and_at_what_may_run(extended: Any) -> None:
    from site_gen.cli.serve import watched

    inputs = watched(extended.root)
    assert extended.root / "plugins" in inputs.folders
    assert trust.trust_file() in inputs.files


def install(folder: Path, text: str) -> None:
    """A distribution with a plugin, as pip would leave it."""
    info = folder / "harbour_loud-1.0.dist-info"
    info.mkdir(parents=True, exist_ok=True)
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: harbour-loud\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text("[site_gen.plugins]\nloud = harbour_loud\n")
    (folder / "harbour_loud.py").write_text(text)


@pytest.fixture
def installed(extended: Any, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder: Path = extended.root.parent / "site-packages"
    install(folder, SHOUT)
    monkeypatch.syspath_prepend(folder)
    monkeypatch.delitem(sys.modules, "harbour_loud", raising=False)
    extended.names = ["loud"]
    extended.settings()
    extended.site.put(OVERRIDE, TEMPLATE)
    return folder


def test_an_installed_plugin_needs_no_trust_and_is_in_the_keys(
    extended: Any, installed: Path
) -> None:
    extended.site.good()
    assert "A FERRY!" in extended.site.page("articles/ferry/index.html")
    assert rendered(extended.site.good()) == set()
    (installed / "harbour_loud.py").write_text(SHOUT.replace("!", "?"))
    # This process has the older code: it does not say that it built with the newer.
    assert [p[0] for p in extended.codes(extended.site.build())] == ["plugin/changed"]


def test_one_that_is_installed_within_the_site_needs_it(extended: Any, monkeypatch: Any) -> None:
    folder = extended.root / "vendored"
    install(folder, SHOUT)
    monkeypatch.syspath_prepend(folder)
    monkeypatch.delitem(sys.modules, "harbour_loud", raising=False)
    extended.names = ["loud"]
    extended.settings()
    assert [p[0] for p in extended.codes(extended.site.build())] == ["plugin/untrusted"]
    assert "harbour_loud" not in sys.modules


def test_a_name_is_not_taken_from_two_places(extended: Any, installed: Path) -> None:
    extended.plugin("loud", SHOUT, trusted=False)
    assert extended.codes(extended.site.build()) == [("plugin/two", "site.toml", 3)]
