"""`site-gen check`: forms of the output, exits, what is new since a commit, mends."""

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

HEAD = 'title = "T"\nbase_url = "https://t.example"\n[feeds]\ntag = "t.example,2026"\n'
BAD = "See [the plan](PLAN_LINK_HERE) and [more](https://h.example/x?utm_source=a).\n"


def put(root: Path, name: str, body: str, title: str = "A ferry") -> Path:
    file = root / "content" / f"{name}.md"
    file.parent.mkdir(exist_ok=True)
    head = f"title: {title}\npublishedDateTime: 2026-03-04\nprovider: {{name: H}}\n"
    file.write_text(f"---\n{head}---\n\n{body}", "utf-8")
    return file


@pytest.fixture
def site(tmp_path: Path) -> Path:
    (tmp_path / "site.toml").write_text(HEAD)
    put(tmp_path, "a", BAD)
    return tmp_path


@pytest.fixture
def check(run: Any, site: Path) -> Any:
    def call(*words: str) -> Any:
        return run("-C", str(site), "check", "--now", "2026-03-05", "--skip", "editions", *words)

    return call


def test_text_names_place_and_cure_and_exits_with_1(check: Any) -> None:
    done = check()
    assert done.code == 1
    assert "error[links/placeholder]" in done.out
    assert "--> content/a.md:7\n    7 | See [the plan](PLAN_LINK_HERE)" in done.out
    assert "1 warning" in done.err


def test_warnings_alone_exit_with_0_but_for_strict(check: Any, site: Path) -> None:
    put(site, "a", "[more](https://h.example/x?utm_source=a)\n")
    assert check().code == 0
    assert check("--strict").code == 1
    put(site, "a", "Fine.\n")
    done = check("--strict")
    assert (done.code, done.out, done.err) == (0, "", "")


def test_many_of_a_kind_are_counted(check: Any, site: Path) -> None:
    for n in range(8):
        put(site, f"b{n}", "[more](https://h.example/x?utm_source=a)\n")
    done = check("--only", "links/tracking")
    assert done.out.count("warning[links/tracking]") == 5
    assert "links/tracking: 4 more; -v shows them" in done.out
    assert check("-v", "--only", "links/tracking").out.count("warning[links/tracking]") == 9


def test_json(check: Any) -> None:
    data = json.loads(check("--format", "json", "--summary").out)
    assert data["counts"]["warning"] == 1
    assert {f["code"] for f in data["findings"]} >= {"links/placeholder", "links/tracking"}
    assert data["summary"][0]["stories"] == 1


def test_github_annotates_lines(check: Any) -> None:
    lines = check("--format", "github", "--only", "links/tracking").out.splitlines()
    found = [line for line in lines if "links/tracking" in line]
    assert found[0].startswith("::warning file=content/a.md,line=7,title=links/tracking::")


def test_forges_get_paths_from_the_top_of_the_repository(run: Any, site: Path) -> None:
    git(site, "init", "-q")
    (site / "digest").mkdir()
    put(site / "digest", "a", BAD)
    (site / "digest/site.toml").write_text('base_url = "https://a.example"\n', "utf-8")

    def told(form: str) -> str:
        return str(
            run("-C", str(site / "digest"), "check", "--only", "links", "--format", form).out
        )

    assert "file=digest/content/a.md," in told("github")
    place = json.loads(told("sarif"))["runs"][0]["results"][0]["locations"][0]["physicalLocation"]
    assert place["artifactLocation"]["uri"] == "digest/content/a.md"
    assert "--> content/a.md" in told("text")


def test_a_note_of_the_build_has_every_form(check: Any, site: Path) -> None:
    put(site, "a", "Fine.\n", title="Gone\nwithdrawn: {date: 2026-03-04}\nquality: lots")
    for form in ("text", "json", "github", "sarif"):
        assert check("--format", form, "--only", "text").code in (0, 1)


def test_sarif_names_rules_and_lines(check: Any) -> None:
    log = json.loads(check("--format", "sarif").out)
    run = log["runs"][0]
    names = {rule["id"] for rule in run["tool"]["driver"]["rules"]}
    assert log["version"] == "2.1.0"
    assert {result["ruleId"] for result in run["results"]} <= names
    place = run["results"][0]["locations"][0]["physicalLocation"]
    assert place["artifactLocation"]["uri"] == "content/a.md"


def test_summary(check: Any) -> None:
    out = check("--summary", "--only", "text").out
    assert "1 stories" in out or "1 story" in out
    assert "sources" in out


def git(root: Path, *words: str) -> None:
    base = ["git", "-C", str(root), "-c", "user.name=A", "-c", "user.email=a@t.example"]
    subprocess.run([*base, *words], check=True, capture_output=True)


def test_since_tells_of_what_is_new(check: Any, site: Path) -> None:
    git(site, "init", "-q")
    git(site, "add", "-A")
    git(site, "commit", "-qm", "one")
    assert check("--since", "HEAD", "--only", "links/tracking").out.count("links/tracking") == 0
    put(site, "a", "A line above.\n\n" + BAD + "And [x](https://h.example/y?fbclid=1).\n")
    put(site, "new", BAD)
    data = json.loads(check("--since", "HEAD", "--only", "links/tracking", "--format", "json").out)
    told = [(f["path"], f["line"]) for f in data["findings"] if f["code"] == "links/tracking"]
    assert told == [("content/a.md", 10), ("content/new.md", 7)]
    assert check("--since", "nowhere").code == 1
    git(site, "branch", "draft")
    assert 'no commit or branch "draf". Did you mean "draft"?' in check("--since", "draf").err


def test_since_tells_of_files_in_static_that_changed(check: Any, site: Path) -> None:
    static = site / "content/static"
    static.mkdir()
    for name in ("one", "two"):
        (static / f"{name}.pdf").write_bytes(b"%PDF-1.4 << /Author (Bo) >> \xff\xfe")
    git(site, "init", "-q")
    git(site, "add", "-A")
    git(site, "commit", "-qm", "one")
    (static / "two.pdf").write_bytes(b"%PDF-1.4 << /Author (Bo Reed) >> \xff\xfe")
    (static / "three.pdf").write_bytes(b"%PDF-1.4 << /Author (Bo) >>")
    data = json.loads(check("--since", "HEAD", "--only", "files", "--format", "json").out)
    told = [(f["path"], f["line"]) for f in data["findings"] if f["code"] == "files/author"]
    assert sorted(told) == [("content/static/three.pdf", 0), ("content/static/two.pdf", 0)]


def test_since_tells_of_a_text_that_changed_after_closing(run: Any, site: Path) -> None:
    words = ("-C", str(site))
    put(site, "a", "Fine.\n")
    assert run(*words, "close", "--now", "2026-03-10").code == 0
    git(site, "init", "-q")
    git(site, "add", "-A")
    git(site, "commit", "-qm", "one")
    put(site, "a", "Another text.\n")
    done = run(*words, "check", "--now", "2026-03-10", "--since", "HEAD", "--format", "json")
    assert "edition/changed" in [f["code"] for f in json.loads(done.out)["findings"]]


def test_since_knows_where_a_branch_began_and_what_a_file_was_called(
    check: Any, site: Path
) -> None:
    put(site, "a", BAD.replace("(PLAN_LINK_HERE)", "(nowhere.md)"))
    for words in (("init", "-q", "-b", "main"), ("add", "-A"), ("commit", "-qm", "one"),
                  ("checkout", "-qb", "draft")):  # fmt: skip
        git(site, *words)
    put(site, "b", "Fine.\n")
    (site / "content/a.md").rename(site / "content/moved to here.md")
    for words in (("add", "-A"), ("commit", "-qm", "two"), ("checkout", "-q", "main")):
        git(site, *words)
    put(site, "a", "Fine.\n")
    for words in (("commit", "-qam", "three"), ("checkout", "-q", "draft")):
        git(site, *words)
    done = check("--since", "main")
    assert (done.code, done.out) == (0, "")
    old = (site / "content/moved to here.md").read_text("utf-8")
    (site / "content/moved to here.md").write_text(old + "\n[new](nothing.md)\n", "utf-8")
    data = json.loads(check("--since", "main", "--format", "json").out)
    told = [(f["code"], f["path"], f["line"]) for f in data["findings"]]
    assert told == [("link/nowhere", "content/moved to here.md", 9)]


def test_since_tells_what_a_new_article_does_to_its_edition(run: Any, site: Path) -> None:
    put(site, "a", "Fine.\n")
    put(site, "old", "Fine.\n", title="Older\nedition: 2026-W02")
    for words in (("init", "-q"), ("add", "-A"), ("commit", "-qm", "one")):
        git(site, *words)
    settings = site / "site.toml"
    settings.write_text(f"{HEAD}[check]\nstories = 1\n[check.levels]\n'tekst' = 'off'\n")
    git(site, "commit", "-qam", "two")

    def told() -> list[str]:
        words = ("check", "--now", "2026-03-05", "--since", "HEAD", "--format", "json")
        return [f["code"] for f in json.loads(run("-C", str(site), *words).out)["findings"]]

    assert told() == []
    put(site, "b", "Fine.\n", title="The quay of a harbour")
    assert told() == ["editions/budget"]  # that it has no note was so before
    settings.write_text(settings.read_text().replace("'tekst'", '"text/wrong"'))
    assert told()[0] == "check/levels"


@pytest.mark.parametrize("reference", ["", "nowhere", "-h", "--output=x", "HEAD:site.toml", "a..b",
                                       "HEAD\n", "@{u}", "é", "x" * 5000])  # fmt: skip
def test_odd_commits_are_refused_before_anything_is_read(
    check: Any, site: Path, reference: str
) -> None:
    for words in (("init", "-q"), ("add", "-A"), ("commit", "-qm", "one")):
        git(site, *words)
    done = check("--since", reference)
    assert done.code == 1
    assert "error[check/since]" in done.err
    assert not (site / "x").exists()


def test_annotations_and_logs_hold_names_of_any_kind(check: Any, site: Path) -> None:
    put(site, "50% off, a:b ü", BAD, title="100% ::error::x")
    lines = check("--format", "github", "--only", "links/tracking").out.splitlines()
    assert any("file=content/50%25 off%2C a%3Ab ü.md,line=7," in line for line in lines)
    assert all(re.match(r"::(?:error|warning|notice) [^\r\n]*::", line) for line in lines)
    for result in json.loads(check("--format", "sarif").out)["runs"][0]["results"]:
        assert result["level"] in ("none", "note", "warning", "error")
        assert result["message"]["text"]
        for place in result["locations"]:
            where = place["physicalLocation"]
            # RFC 3986, path-rootless: what a `uri-reference` of the schema may hold here.
            uri = where["artifactLocation"]["uri"]
            assert re.fullmatch(r"(?:[A-Za-z0-9._~!$&'()*+,;=@/-]|%[0-9A-F]{2})+", uri)
            assert min(where["region"].values()) >= 1


def test_since_needs_a_repository(check: Any) -> None:
    done = check("--since", "HEAD")
    assert done.code == 1
    assert "check/since" in done.err


def test_fix_takes_tracking_out_and_nothing_else(check: Any, site: Path) -> None:
    before = (site / "content/a.md").read_text("utf-8")
    check("--fix")
    after = (site / "content/a.md").read_text("utf-8")
    assert after == before.replace("?utm_source=a", "")
    assert "links/tracking" not in check().out
    assert sorted(p.name for p in (site / "content").iterdir()) == ["a.md"]


def test_explain_says_what_a_rule_is_about(check: Any, run: Any, site: Path) -> None:
    out = run("-C", str(site), "check", "explain", "links/tracking").out
    assert out.startswith("links/tracking")
    assert len(run("-C", str(site), "check", "explain").out.splitlines()) > 30
    assert run("-C", str(site), "check", "explain", "links/trackin").code == 2
    (site / "site.toml").write_text(HEAD + '[check.levels]\nlinks = "off"\n')
    assert "off" in run("-C", str(site), "check", "explain", "links/tracking").out.split()


def test_since_is_silent_of_what_was_said_of_an_edition_before(run: Any, site: Path) -> None:
    put(site, "a", "Fine.\n", title="A ferry sails for the outer islands")
    put(site, "b", "Fine.\n", title="A ferry sails for all outer islands")
    put(site, "editions/2026-W10", "Words.\n\n- [x](https://h.example/x)\n", title="A week")
    for words in (("init", "-q"), ("add", "-A"), ("commit", "-qm", "one")):
        git(site, *words)

    def told(*more: str) -> list[tuple[str, str]]:
        words = ("check", "--now", "2026-03-05", *more, "--format", "json")
        found = json.loads(run("-C", str(site), *words).out)["findings"]
        return [(f["code"], Path(f["path"]).stem) for f in found if f["severity"] != "note"]

    assert ("links/near-title", "b") in told()
    assert ("editions/lead", "2026-W10") in told()
    put(site, "b", "Fine, too.\n", title="A ferry sails for all outer islands")
    put(site, "editions/2026-W10", "Words. No 99 of 88.\n\n- [x](https://h.example/x)\n",
        title="A week")  # fmt: skip
    assert told("--since", "HEAD") == [("grounded/note", "2026-W10")] * 2
    put(site, "b", "Fine, too.\n", title="A ferry sails for the outer isles")
    put(site, "c", "Fine.\n", title="A ferry sails for the outer islands")
    assert ("links/near-title", "c") in told("--since", "HEAD")


def test_levels_of_what_a_build_says(check: Any, run: Any, site: Path) -> None:
    put(site, "a", "See [x](nowhere.md).\n")
    assert "warning[link/nowhere]" in check().out
    (site / "site.toml").write_text(HEAD + '[check.levels]\n"link/nowhere" = "off"\n')
    assert "link" not in check().out
    settings = '[check.levels]\nlink = "error"\nbudgets = "error"\n[budgets]\npage_bytes = 9\n'
    (site / "site.toml").write_text(HEAD + settings)
    assert check().code == 1
    put(site, "a", "Fine.\n")
    assert run("-C", str(site), "build", "--now", "2026-03-20").code == 0
    done = check("--budgets")
    assert "error[budgets/over]" in done.out
    assert done.code == 1


def test_explain_knows_what_is_said_of_budgets_and_feeds(run: Any, site: Path) -> None:
    out = run("-C", str(site), "check", "explain", "budgets/over", "against/missing").out
    assert [line.split()[1] for line in out.splitlines()] == ["warning", "error"]
    assert "[budgets]" in out
    (site / "site.toml").write_text(HEAD + '[check.levels]\nbudgets = "off"\n')
    assert "off" in run("-C", str(site), "check", "explain", "budgets/over").out.split()


def test_the_summary_is_of_the_edition_that_goes_out_next(check: Any, site: Path) -> None:
    put(site, "editions/2026-W11", "Later.\n", title="Later")
    put(site, "b", "Later.\n", title="Later\nedition: 2026-W11")
    card = json.loads(check("--summary", "--format", "json").out)["summary"]
    assert [each["edition"] for each in card] == ["2026-W10"]
    words = ("--summary", "--edition", "open", "--format", "json")
    both = json.loads(check(*words).out)["summary"]
    assert [each["edition"] for each in both] == ["2026-W10", "2026-W11"]


def test_feeds_compared_are_data_too(check: Any, run: Any, site: Path, tmp_path: Path) -> None:
    put(site, "a", "Fine.\n")
    build = ("-C", str(site), "build", "--now", "2026-03-20")
    assert run(*build).code == 0
    shutil.copytree(site / "public", tmp_path / "before")
    put(site, "b", "Fine.\n", title="The quay of a harbour")
    assert run(*build).code == 0
    done = check("--against", str(tmp_path / "before"), "--format", "json")
    data = json.loads(done.out)
    assert ["The quay of a harbour"] in [each["new"] for each in data["feeds"]]
    assert "feed.xml" not in done.err
    assert "1 new" in check("--against", str(tmp_path / "before")).err


def test_offline_without_external_is_refused(check: Any) -> None:
    done = check("--offline")
    assert done.code == 2
    assert "--external" in done.err


def test_explain_knows_what_a_build_says(check: Any, run: Any, site: Path, checkout: Path) -> None:
    told = run("-C", str(site), "check", "explain", "link/nowhere", "links/dead")
    assert told.code == 0
    assert "docs/problems.md" in told.out.splitlines()[0]
    page = (checkout / "docs/problems.md").read_text("utf-8")
    codes = set(re.findall(r"^(?:error|warning|note)\[(\S+)\]", page, re.MULTILINE))
    assert len(codes) > 15
    for code in codes:
        assert run("-C", str(site), "check", "explain", code).code == 0, code


def test_a_wrong_name_is_answered(check: Any) -> None:
    done = check("--only", "links/trackng")
    assert done.code in (1, 2)
    assert 'Did you mean "links/tracking"?' in done.err


def test_budgets_are_held_against_what_is_built(check: Any, run: Any, site: Path) -> None:
    put(site, "a", "Fine.\n")
    assert "budgets/unbuilt" in check("--budgets", "--only", "text").out
    assert run("-C", str(site), "build", "--now", "2026-03-20").code == 0
    assert "budgets" not in check("--budgets", "--only", "text").out
    (site / "site.toml").write_text(HEAD + "[budgets]\npage_bytes = 500\nletter_bytes = 10\n")
    out = check("-v", "--budgets", "--only", "text").out
    assert "articles/a/index.html takes" in out
    assert "editions/2026-W10/email.html takes" in out
    assert check("--strict", "--budgets", "--only", "text").code == 1


def test_a_check_looks_for_no_garbage(site: Path) -> None:
    counted = (
        "import gc, sys; import site_gen.__main__ as program; seen = []\n"
        "gc.callbacks.append(lambda phase, info: seen.append(phase))\n"
        "try: program.main()\n"
        "finally: print(len(seen), file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", counted, "-C", str(site), "check"],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert "links/placeholder" in done.stdout
    assert done.stderr.splitlines()[-1] == "0"


@pytest.mark.parametrize("command", ["serve", "preview"])
def test_a_preview_collects_garbage_whatever_its_folder_is_called(command: str) -> None:
    asked = (
        "import gc, site_gen.__main__ as program\n"
        "try: program.main()\n"
        "except SystemExit: print(gc.isenabled())"
    )
    done = subprocess.run(
        [sys.executable, "-c", asked, "-C", "check", command, "--help"],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert done.stdout.splitlines()[-1] == "True"
