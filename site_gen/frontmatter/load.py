"""Splits files into front matter and body, loads front matter, finds places in it."""

from collections.abc import Callable
from functools import lru_cache
from typing import Any, NamedTuple, cast

from site_gen.basics import files, yaml_plain, yaml_values
from site_gen.basics.yaml_values import Mark, Path, YamlError
from site_gen.problems import Problem, SiteError, Where

DELIMITER = "---"

NUMBERS = frozenset({"quality", "heat", "width", "height", "number", "order"})
BOOLEANS = frozenset({"published", "draft", "isCached", "titleDerived", "menu"})
TEXTS = frozenset(
    [
        "category",
        "title",
        "excerpt",
        "publishedDateTime",
        "addedDateTime",
        "modifiedDateTime",
        "expiryDateTime",
        "originalUrl",
        "webUrl",
        "ampWebUrl",
        "cdnAmpWebUrl",
        "type",
        "name",
        "domain",
        "topics",
        "tags",
        "url",
        "caption",
        "credit",
        "alt",
        "bio",
        "author",
        "authors",
        "role",
        "language",
        "languages",
        "slug",
        "aliases",
        "guid",
        "edition",
        "rights",
        "canonical",
        "date",
        "text",
        "reason",
        "warnings",
        "rawDigest",
        "featuredContent",
        "secured",
        "lead",
        "pins",
    ]
)


class Parts(NamedTuple):
    """The YAML between the delimiters, the body, and the line at which the body begins."""

    head: str
    body: str
    body_line: int


def split(text: str, path: str = "") -> Parts:
    """Front matter and body of `text` (normalised newlines). Raises SiteError with the place."""
    first = _first_line(text)
    if first.rstrip() != DELIMITER:
        message = "no front matter at the top of the file"
        cure = "start the file with a line `---`, the keys, and `---`"
        raise SiteError([_problem(path, "missing", message, 1, first, cure)])
    start = len(first) + 1
    end = _closing(text, start)
    if end < 0:
        message = "the front matter has no closing `---`"
        cure = "add a line `---` after the last key"
        raise SiteError([_problem(path, "unclosed", message, 1, first, cure)])
    head = text[start:end]
    line_end = text.find("\n", end)
    body = text[line_end + 1 :] if line_end >= 0 else ""
    body_line = head.count("\n") + 3
    _refuse_second_block(path, head, body, body_line)
    return Parts(head, body, body_line)


def _first_line(text: str) -> str:
    """The first line, without copying the rest."""
    end = text.find("\n")
    return text if end < 0 else text[:end]


def _closing(text: str, start: int) -> int:
    """Offset of the closing delimiter's line, -1 if there is none."""
    at = start
    while True:
        if text.startswith(DELIMITER, at):
            end = text.find("\n", at)
            if text[at : end if end >= 0 else len(text)].rstrip() == DELIMITER:
                return at
        at = text.find("\n" + DELIMITER, at) + 1
        if not at:
            return -1


def _refuse_second_block(path: str, head: str, body: str, body_line: int) -> None:
    first = _first_line(body)
    if not head.strip() and _closing(body, 0) >= 0:
        line, cure = 2, "remove the second of the two `---` lines at the top"
    elif first.rstrip() == DELIMITER:
        line, cure = body_line, "remove one; for a rule at the top of the body write `***`"
    else:
        return
    raise SiteError(
        [_problem(path, "doubled", "the delimiter `---` stands twice", line, DELIMITER, cure)]
    )


def _problem(path: str, code: str, message: str, line: int, excerpt: str, cure: str) -> Problem:
    where = Where(path, line, 1, max(1, len(excerpt.rstrip())), excerpt)
    return Problem(f"frontmatter/{code}", message, where, cure)


_KINDS: dict[str | None, Callable[[str], Any]] = {
    **dict.fromkeys(TEXTS, yaml_values.plain_text),
    **dict.fromkeys(NUMBERS, yaml_values.number),
    **dict.fromkeys(BOOLEANS, yaml_values.boolean),
}


def resolve(key: str | None, text: str) -> Any:
    """A plain scalar by the type of its key; for unknown keys by its form."""
    return _KINDS.get(key, yaml_values.anything)(text)


class Handler:
    """Gives our splitter's result and our safe loader to `frontmatter.parse`."""

    def __init__(self, parts: Parts, path: str) -> None:
        self._parts = parts
        self._path = path

    def split(self, _text: str) -> tuple[str, str]:
        return self._parts.head, self._parts.body

    def load(self, head: str) -> dict[str, Any]:
        return _load_with_library(head, self._path)


def parse(text: str, path: str = "") -> tuple[dict[str, Any], Parts]:
    """The front matter of a content file as a mapping, and the parts of the file. Raises
    SiteError."""
    parts = split(text, path)
    raw = yaml_plain.load(parts.head, resolve)
    if raw is None:
        import frontmatter  # with the YAML library, a tenth of a build that needs neither

        raw, _ = frontmatter.parse("", handler=cast(Any, Handler(parts, path)))
    return raw, parts


def load(head: str, path: str = "", *, first_line: int = 2) -> dict[str, Any]:
    """The mapping in a front matter block. Raises SiteError with file, line and cure."""
    plain = yaml_plain.load(head, resolve)
    return _load_with_library(head, path, first_line=first_line) if plain is None else plain


def _load_with_library(head: str, path: str, *, first_line: int = 2) -> dict[str, Any]:
    """The mapping as the YAML library reads it, within our limits."""
    from site_gen.basics import yaml_events

    try:
        found = yaml_events.load(head, resolve)
    except YamlError as error:
        raise SiteError([_syntax_problem(head, error, path, first_line)]) from None
    if found is None:
        return {}
    if not isinstance(found, dict):
        where = place(head, Mark(1, 1, 1), path, first_line)
        message = "the front matter must be keys with values"
        raise SiteError([Problem("frontmatter/yaml", message, where, "write `key: value` lines")])
    return {files.clean(key): clean_values(value) for key, value in found.items()}


def _syntax_problem(head: str, error: YamlError, path: str, first_line: int) -> Problem:
    """The problem of YAML that cannot be read, named by the likely mistake if one is known."""
    from site_gen.frontmatter import yaml_cures

    said, mark, cure = f"the front matter {_sentence(error.reason)}", error.mark, error.cure
    if not error.reason.startswith(("holds", "is ")) and (
        found := yaml_cures.diagnose(head, error.mark)
    ):
        said, mark, cure = found
    return Problem("frontmatter/yaml", said, place(head, mark, path, first_line), cure)


def _sentence(reason: str) -> str:
    return reason if reason.startswith(("holds", "is ")) else f"cannot be read: {reason}"


def clean_values(value: Any) -> Any:
    """Values without characters that outputs cannot have, which YAML escapes can produce."""
    if isinstance(value, str):
        return value if value.isprintable() else files.clean(value)
    if isinstance(value, list):
        return [clean_values(item) for item in value]
    if isinstance(value, dict):
        return {files.clean(key): clean_values(item) for key, item in value.items()}
    return value


def marks(head: str) -> dict[Path, Mark]:
    """The places of all values of a valid block; only needed to place problems."""
    from site_gen.basics import yaml_events

    found: dict[Path, Mark] = {}
    yaml_events.load(head, resolve, found)
    return found


@lru_cache(maxsize=1)
def _lines(head: str) -> list[str]:
    """Cached, since one file may have thousands of problems."""
    return head.split("\n")


def place(head: str, mark: Mark, path: str, first_line: int = 2) -> Where:
    """The place of a mark in the file."""
    lines = _lines(head)
    excerpt = lines[mark.line - 1] if mark.line <= len(lines) else ""
    return Where(path, mark.line + first_line - 1, mark.column, max(1, mark.length), excerpt)
