"""Shows that each promise's test fails once its defence is taken out.

    python tests/hostile/defences.py            every promise, as a table
    python tests/hostile/defences.py G07 G12    some of them

Called with other words it is `site-gen` itself, so that tests can start a site-gen whose defence,
named in SITE_GEN_WITHOUT, is missing.
"""

import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import unquote

HERE = Path(__file__).resolve().parent
WITHOUT = "SITE_GEN_WITHOUT"
SECONDS = 240.0


class Defence(NamedTuple):
    """What keeps a promise: in words, how to take it out, and the test that then fails."""

    promise: str
    words: str
    take_out: Callable[[], None]
    test: str


def everywhere(old: Any, new: Any) -> None:
    """Puts `new` into every loaded module of ours that holds `old`."""
    for name, module in list(sys.modules.items()):
        if name.split(".")[0] == "site_gen":
            for key, value in list(vars(module).items()):
                if value is old:
                    setattr(module, key, new)


def put(owner: Any, **new: Any) -> None:
    """Puts new values in the place of attributes of a module or class. Raises AttributeError if one
    has another name now: the defence would stay in, and nobody would know."""
    for name, value in new.items():
        getattr(owner, name)
        setattr(owner, name, value)


def _html_in_markdown() -> None:
    from site_gen.basics import safehtml
    from site_gen.read import parser, raw_html

    plain = parser.parser_for

    def open_parser(linkify: bool, with_html: bool) -> Any:
        made = plain(linkify, False)
        made.options["html"] = with_html
        return made

    put(raw_html.RawHtml, walk=lambda _self, _tokens: None)
    everywhere(plain, open_parser)
    everywhere(safehtml.sanitize, safehtml.SafeHtml)


def _autoescape() -> None:
    from site_gen.theme.environment import Environment

    plain = Environment.__init__

    def bare(self: Environment, *arguments: Any) -> None:
        plain(self, *arguments)
        self.autoescape = False

    put(Environment, __init__=bare)


def _urls() -> None:
    from site_gen.basics import urls

    everywhere(urls.check, lambda text, schemes=(): urls.Url(text))


def _prefix() -> None:
    from site_gen.basics import safehtml
    from site_gen.read import headings

    put(headings, PREFIX="")
    put(safehtml, PREFIX="", _FOREIGN_ID=re.compile(r"(?!)"))


def _stop() -> None:
    from site_gen.engine.site import Site

    put(Site, stop_on_errors=lambda self: None)


def _clean_messages() -> None:
    from site_gen import problems

    everywhere(problems.clean, lambda text, width=80: text)


def _guarded_yaml() -> None:
    import yaml

    from site_gen.basics import yaml_events, yaml_plain

    everywhere(yaml_plain.load, lambda text, resolve: None)
    put(yaml_events, load=lambda text, resolve, marks=None: yaml.safe_load(text))


def _said_losses() -> None:
    from site_gen.read import markdown

    plain = markdown.render

    def silent(text: str, path: str, **how: bool) -> markdown.Rendered:
        return plain(text, path, **how)._replace(faults=())

    put(markdown, render=silent)


def _size() -> None:
    from site_gen.basics import files

    plain = files.read_bytes
    put(files, read_bytes=lambda path, limit=0: plain(path, 1 << 40))


def _deadline() -> None:
    import contextlib

    from site_gen.engine.inputs import reader as reading

    put(reading, deadline=lambda seconds: contextlib.nullcontext())


def _texts() -> None:
    from site_gen.frontmatter import check

    put(sys.modules[check.__module__], MAX_TEXT=1 << 40, MAX_LONG_TEXT=1 << 40)


def _dead_workers() -> None:
    from site_gen.workers import pool

    def given_up(_work: Any, _tool: Any, chunk: Any, crashed: Any, _seconds: float) -> Any:
        return [crashed(item) for item in chunk]

    put(pool, _one_by_one=given_up)


def _lock() -> None:
    import contextlib

    from site_gen.engine import recovery

    everywhere(recovery.build_lock, lambda work, wait=0.0: contextlib.nullcontext())


def _system_errors() -> None:
    from site_gen.engine import build, recovery

    def raised(error: Any, at: Any) -> Any:
        raise RuntimeError(error)

    put(build, system_problem=raised)
    put(recovery, system_problem=raised)


def _fault_of() -> None:
    from site_gen.output import staging

    everywhere(staging.path_fault, lambda path: "")


def _links() -> None:
    from site_gen.basics import files

    put(files, read_bytes=lambda path, limit=0: Path(path).read_bytes()[:99])


def _plain_paths() -> None:
    from site_gen.preview import file_lookup

    def followed(output: Path, parts: tuple[str, ...]) -> Path | None:
        path = Path(unquote(os.path.join(output, *parts)))
        return path if path.is_file() else None

    everywhere(file_lookup.file_at, followed)
    everywhere(file_lookup._decode_part, unquote)


def _own_names() -> None:
    from site_gen.preview import allowed_hosts, serve

    everywhere(allowed_hosts.admit, lambda request, hosts, local_address="": None)
    assert serve


def _look() -> None:
    from site_gen.preview import scan, watch

    everywhere(scan.scan, lambda inputs: {})
    assert watch


def _sandbox() -> None:
    from jinja2.sandbox import SandboxedEnvironment

    from site_gen.theme.environment import Environment

    safe = lambda *_: True  # noqa: E731
    put(SandboxedEnvironment, is_safe_attribute=safe, is_safe_callable=safe)
    del Environment.getattr


def _plan() -> None:
    from site_gen.output import file_list, publish

    put(file_list, path_fault=lambda path: "")
    put(publish, path_fault=lambda path: "", _find_obstacle=lambda output, folder, known: "")


def _order() -> None:
    from site_gen.arrange import groups

    everywhere(groups.newest_first, lambda cards: tuple(sorted(cards, key=lambda c: hash(c.id))))


def _young() -> None:
    from site_gen.engine import up_to_date
    from site_gen.engine.inputs import content

    put(up_to_date, RACY=-(1 << 62))
    put(content, RACY=-(1 << 62))


def _folding() -> None:
    from site_gen.basics import slugs

    everywhere(slugs.slugify, lambda text: slugs.safe(text.lower()))


def _clean_text() -> None:
    from site_gen.basics import files
    from site_gen.formats.common import text

    put(files, clean=lambda text: text)
    everywhere(text.legal_xml, lambda text: text)


def _hidden() -> None:
    from site_gen.arrange import visible

    put(visible, why_not=lambda facts, moment: "")


def _receipts() -> None:
    from site_gen.convert import html

    put(html, _outside=lambda texts, cuts, lost: [])


def _locks() -> None:
    from site_gen.arrange.locks import Locks

    plain = Locks.__init__

    def none(self: Locks, _locks: Any, noted: Any, settings: Any) -> None:
        plain(self, (), noted, settings)

    put(Locks, __init__=none)


DEFENCES = {
    "no-html-in-markdown": Defence(
        "G01", "Markdown without HTML, and the sanitiser after it", _html_in_markdown,
        "test_g01_script.py::test_g01_nothing_on_the_built_site_runs_loads_or_styles"),
    "autoescape": Defence(
        "G01", "autoescape in templates", _autoescape,
        "test_g01_script.py::test_g01_nothing_on_the_built_site_runs_loads_or_styles"),
    "urls": Defence(
        "G02", "the allow list for addresses", _urls,
        "test_g02_urls.py::test_g02_addresses_are_shown_or_dropped_as_the_list_says"),
    "prefix": Defence(
        "G02", "the prefix of ids", _prefix,
        "test_g02_urls.py::test_g02_names_from_content_carry_our_prefix"),
    "stop": Defence(
        "G03", "no stage begins while there are errors", _stop,
        "test_g03_named.py::test_g03_a_build_lists_every_fault_exits_1_and_keeps_the_last_site"),
    "messages": Defence(
        "G03", "messages lose control characters", _clean_messages,
        "test_g03_named.py::test_g03_no_message_moves_the_terminal"),
    "yaml": Defence(
        "G04", "the guarded YAML loader", _guarded_yaml, "test_g04_cost.py"),
    "losses": Defence(
        "G05", "faults of a body are said", _said_losses,
        "test_g05_limits.py::test_g05_words_are_shown_or_their_loss_is_said"),
    "size": Defence(
        "G05", "the limit on the size of files", _size,
        "test_g05_limits.py::test_g05_ten_megabytes_are_refused_by_name"),
    "deadline": Defence(
        "G05", "a deadline for each file", _deadline,
        "test_g05_limits.py::test_g05_a_slow_article_is_named_and_no_other_suffers"),
    "texts": Defence(
        "G05", "limits of texts that stand on many pages", _texts, "test_g05_whole.py"),
    "workers": Defence(
        "G06", "what a dead worker had in hand is done again", _dead_workers,
        "test_g06_whole.py::test_g06_what_ends_its_worker_is_named_and_the_last_site_stays"),
    "lock": Defence(
        "G06", "the build lock", _lock, "test_g06_whole.py::test_g06_one_build_at_a_time"),
    "system": Defence(
        "G06", "what the system refuses is a problem", _system_errors,
        "test_g06_whole.py::test_g06_no_room_leaves_the_last_site_and_is_said"),
    "fault-of": Defence(
        "G07", "each path that is written is checked", _fault_of,
        "test_g07_paths.py::test_g07_a_path_that_may_be_written_stays_inside"),
    "links": Defence(
        "G07", "regular files only, no link followed", _links,
        "test_g07_paths.py::test_g07_reading_follows_no_link_and_opens_no_device"),
    "paths": Defence(
        "G08", "strict decoding, and files inside the output only", _plain_paths,
        "test_g08_g11_preview.py::test_g08_no_spelling_of_a_path_leaves_the_site"),
    "names": Defence(
        "G09", "Host and Origin must be our own", _own_names,
        "test_g08_g11_preview.py::test_g09_another_host_name_is_turned_away"),
    "look": Defence(
        "G10", "a look at every file, once a second", _look,
        "test_g08_g11_preview.py::test_g10_a_change_is_seen_by_looking_alone"),
    "last-good": Defence(
        "G11", "the last good site stays", _stop,
        "test_g08_g11_preview.py::test_g11_broken_input_is_named_and_recovers"),
    "sandbox": Defence(
        "G12", "the sandbox of templates", _sandbox,
        "test_g12_themes.py::test_g12_a_template_runs_no_python_and_reads_nothing"),
    "plan": Defence(
        "G12", "a plan found in .site_gen/ is checked", _plan,
        "test_g12_themes.py::test_g12_a_strangers_plan_reaches_nothing_outside"),
    "order": Defence(
        "G13", "every sort ends in the identity", _order,
        "test_g13_same_bytes.py::test_g13_seed_zone_locale_umask_folder_order_and_times"),
    "young": Defence(
        "G13", "files stamped lately or later are hashed again", _young,
        "test_g13_clock.py::test_g13_a_clock_that_jumps_leaves_no_page_stale"),
    "folding": Defence(
        "G14", "names are folded before they are slugs", _folding,
        "test_g14_paths.py::test_g14_a_name_has_one_slug_in_every_case"),
    "characters": Defence(
        "G15", "odd characters are replaced when read and written", _clean_text,
        "test_g15_feeds.py::test_g15_no_character_that_xml_forbids"),
    "well-formed": Defence(
        "G16", "Markdown without HTML, and the sanitiser after it", _html_in_markdown,
        "test_g16_html.py::test_g16_no_page_has_a_parse_error"),
    "hidden": Defence(
        "G17", "what front matter says of readers is asked first", _hidden,
        "test_g17_hidden.py::test_g17_a_text_that_is_not_for_readers_is_in_no_byte"),
    "receipts": Defence(
        "G18", "what is left out stands in the receipt", _receipts,
        "test_g18_losses.py::test_g18_every_sentence_of_a_page_is_kept_or_in_the_receipt"),
    "locks": Defence(
        "G19", "what was sent stands in a lock", _locks,
        "test_g19_editions.py::test_g19_what_was_sent_stays"),
}  # fmt: skip


def take_out_asked() -> None:
    """Takes out the defence that the environment names, if it names one."""
    name = os.environ.get(WITHOUT, "")
    if name:
        DEFENCES[name].take_out()


def outcome(name: str, test: str) -> str:
    """`passes` or `fails`: the test, without the defence `name` ("" = with all)."""
    command = [sys.executable, "-m", "pytest", "-q", "-x", "--tb=no", "-p", "no:cacheprovider"]
    try:
        done = subprocess.run(
            [*command, str(HERE / test)],
            env={**os.environ, WITHOUT: name}, capture_output=True, check=False, timeout=SECONDS,
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        return "fails"
    return {0: "passes", 1: "fails"}.get(done.returncode, f"did not run ({done.returncode})")


def table(promises: list[str]) -> int:
    """Prints a line for each defence; how many were not shown."""
    missing = 0
    for name, defence in DEFENCES.items():
        if promises and defence.promise not in promises:
            continue
        kept, gone = outcome("", defence.test), outcome(name, defence.test)
        missing += (kept, gone) != ("passes", "fails")
        sys.stdout.write(f"{defence.promise}  {kept:8}{gone:8}{defence.words:52}{defence.test}\n")
        sys.stdout.flush()
    return missing


if __name__ == "__main__":
    if all(re.fullmatch(r"G\d\d", word) for word in sys.argv[1:]):
        sys.stdout.write("     with    without defence\n")
        sys.exit(min(table(sys.argv[1:]), 1))
    from site_gen.cli.main import main

    take_out_asked()
    main()
