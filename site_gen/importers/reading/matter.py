"""Maps front matter of the old site to our keys; template settings are left out and reported."""

import html
import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime, tzinfo
from itertools import islice
from typing import Any

from site_gen.basics import urls, written_dates
from site_gen.convert.markdown import foreign, foreign_front_matter
from site_gen.frontmatter import not_public
from site_gen.importers.old_site import Entry, Wishes
from site_gen.importers.reading import names, values

FOR_TEMPLATES = frozenset(
    "layout template permalink url weight menu menus toc math comments comment sidebar nav_order"
    " sitemap render_with_liquid eleventynavigation templateengineoverride eleventycomputed"
    " eleventyexcludefromcollections type outputs layouts cascade markup save_as scripts"
    " pagination paginate headless build _build params resources previewimage header_image"
    " hide_title template_key templatekey cssclass cssclasses"
    " password post_password".split()
)
"""Keys that say where and how the old system shows a page, in lower case."""
FOR_ADDRESSES = frozenset({"permalink", "url", "save_as"})
"""Those that say where."""

_SAID = not_public.STATUS | not_public.PRIVATE_WHEN_SET


def settled(
    entry: Entry, fields: Mapping[str, Any], wishes: Wishes, zone: tzinfo, *, split: bool = False
) -> None:
    """Fill `entry.matter`, its number and date from the old front matter.

    `split`: lists are written as text with commas (Pelican's heads).
    """
    withheld(entry, fields)
    if isinstance(days := fields.get("date"), Mapping):  # as MkDocs' blog has it
        fields = {**fields, "date": days.get("created"), "updated": days.get("updated")}
    given = {
        **fields,
        **values.table(fields.get("taxonomies")),
        **values.table(fields.get("extra")),
    }
    nested = {"taxonomies", "extra"} if len(given) > len(fields) else set()
    wanted = foreign.named({k: v for k, v in given.items() if k not in nested}, wishes.keys)
    for key in list(wanted):
        if key.lower() == "url" and "://" in str(wanted[key]):
            continue  # where the story lies, not where the page is
        if key.lower() in FOR_TEMPLATES and key not in wishes.keys.values():
            del wanted[key]
            entry.moved.append((key, ""))
        elif entry.private and not_public.folded(key) in _SAID - {"draft"}:
            del wanted[key]  # the draft says it now, and the report why
    entry.number = entry.number if entry.number is not None else _number(wanted)
    _not_after(entry, wanted, zone)
    later = _not_before(entry, wanted, zone)
    if not isinstance(fields.get("published"), bool):  # Hugo's other name of `publishDate`
        later += filter(None, [written_dates.moment(fields.get("published"), zone)])
    made, _ = foreign.mapped(wanted, zone, split=split)
    entry.matter = {**made, **entry.matter}
    own = made.get("publishedDateTime")
    moment = own if isinstance(own, datetime) else written_dates.moment(own, zone)
    dates = [m for m in (entry.date or moment, *later) if m]
    # what is to appear later must not appear before, whatever date it bears
    entry.date = max(dates, default=None)


def without_own_links(entries: Iterable[Entry], base_url: str) -> None:
    """Where an article was on the old site is no source of it."""
    own = urls.host(base_url)
    for entry in entries:
        if own and urls.host(str(entry.matter.get("webUrl") or "")) == own:
            del entry.matter["webUrl"]


def withheld(entry: Entry, fields: Mapping[str, Any]) -> None:
    """Note why its old system did not publish an entry; it keeps no address then."""
    found = [entry.private] if entry.private else []
    found += [str(mark) for mark in not_public.marks(fields, entry.source)]
    found += [f"{key}: {value}" for key, value in fields.items() if is_closed_layout(key, value)]
    entry.private = ", ".join(dict.fromkeys(found))
    if entry.private:
        entry.unlisted = entry.unlisted or (entry.address if _is_unlisted(fields) else "")
        entry.address = entry.guid = ""


_LAYOUTS = frozenset({"layout", "template", "pagetemplate", "wppagetemplate"})
_CLOSED_LAYOUT = re.compile(
    r"(?:^|[^a-z])(?:members?|members?[-_ ]?only|private|protected|password|encrypt(?:ed)?|premium"
    r"|paywall(?:ed)?|paid|subscribers?(?:[-_ ]?only)?|restricted|confidential|unlisted|drafts?)"
    r"(?:$|[^a-z])",
    re.IGNORECASE,
)
"""How layouts are called that ask who reads."""


def is_closed_layout(key: str, value: Any) -> bool:
    """Whether a field names a layout that asks who reads."""
    text = value if isinstance(value, str) else ""
    return not_public.folded(str(key)) in _LAYOUTS and bool(_CLOSED_LAYOUT.search(text))


def _is_unlisted(fields: Mapping[str, Any]) -> bool:
    """Whether no list showed it, though all who had its address could read it."""
    said = {
        not_public.folded(key) for key, value in fields.items()
        if not_public.says_yes(value) or (isinstance(value, list) and value)
    }  # fmt: skip
    word = values.text(fields.get("status")).lower()
    build = values.table(
        next((v for k, v in fields.items() if not_public.folded(k) == "build"), {})
    )
    listed = values.text(str(build.get("list", ""))).lower() in ("never", "local", "false")
    shown = values.text(str(build.get("render", "always"))).lower() in ("always", "true")
    return bool(said & UNLISTED) or word in UNLISTED or (listed and shown)


UNLISTED = frozenset({"hidden", "ishidden", "unlisted", "isunlisted", "excludefromcollections",
                      "eleventyexcludefromcollections"})  # fmt: skip


def _not_before(entry: Entry, fields: dict[str, Any], zone: tzinfo) -> list[datetime]:
    """Moments before which its system did not show it; one that cannot be read keeps it back."""
    found: list[datetime] = []
    for key, value in list(not_public.not_before(fields)):
        moment = written_dates.moment(value, zone)
        if moment is None:
            entry.private = entry.private or f"{key}: {value}"
        else:
            found.append(moment)
            del fields[key]
    return found


def _not_after(entry: Entry, fields: dict[str, Any], zone: tzinfo) -> None:
    """The first moment from which on its system did not show it, where it can be read."""
    for key, value in list(not_public.not_after(fields)):
        if moment := written_dates.moment(value, zone):
            known = entry.matter.get("expiryDateTime")
            first = min(moment, known) if isinstance(known, datetime) else moment
            entry.matter["expiryDateTime"] = first
            del fields[key]
        else:
            entry.private = entry.private or f"{key}: {value}"


def _number(fields: dict[str, Any]) -> int | None:
    """The issue's number, which is taken out where it is one."""
    for key in list(fields):
        if key.lower() in ("number", "issue", "issue_number", "issuenumber", "num", "episode"):
            text = str(fields[key]).strip().lstrip("#")
            if text.isdecimal() and len(text) < 6:
                del fields[key]
                return int(text)
    return None


def head(text: str, path: str) -> foreign_front_matter.Head:
    """The head of a file, where it has one: many issues are a heading and its text."""
    start = text.lstrip()
    if nikola := _NIKOLA.match(start):
        fields = dict(_NIKOLA_FIELD.findall(nikola[1]))
        known = {key: value.strip() for key, value in fields.items() if value.strip()}
        return foreign_front_matter.Head(known, start[nikola.end() :], "lines")
    if remark := _REMARK.match(start):
        start = text = f"{remark[1]}\n\n{start[remark.end() :]}"
    fenced = re.match(r"(?:---|\+\+\+)[ \t]*\n|\{\s*\"[\w-]+\"\s*:", start)
    lines = re.match(r"(?:[A-Za-z][\w-]{1,30}: ?\S.*\n)+(?:\n|\Z)", start)
    if fenced or (lines and re.match(r"(?:title|date)\s*:", start, re.I | re.M)):
        return foreign_front_matter.read(text, path)
    return foreign_front_matter.Head({}, text, "yaml")


def titled(entry: Entry) -> None:
    """A title from the first heading of the text, which then is not said twice; links and pictures
    in it stay."""
    found = _HEADING.match(entry.body)
    words = _said(found[1]) if found else ""
    if not found and (found := _HTML_HEADING.match(entry.body)):
        words = " ".join(html.unescape(_TAG.sub(" ", found[1])).split())
    if entry.title:
        _held_by_title(entry)
        if found and _plain(words) == _plain(entry.title):
            _without_heading(entry, found)
        return
    if found and words:
        entry.matter["title"] = words
        _held_by_title(entry)
        _without_heading(entry, found)
    elif (number := entry.number or names.number(entry.stem.rpartition("/")[2])) is not None:
        entry.matter["title"] = f"Issue {number}"


def _without_heading(entry: Entry, found: re.Match[str]) -> None:
    """The body without the heading that is its title: a link that was all of it leads to the story,
    other links and pictures stand above the text."""
    entry.body = entry.body[found.end() :].lstrip("\n")
    whole = _WHOLE_LINK.fullmatch(found[1])
    if whole and "webUrl" not in entry.matter:
        entry.headline = whole[2]
    elif shown := " ".join(_shown(found[1])):
        entry.body = f"{shown}\n\n{entry.body}"


def _shown(heading: str) -> Iterator[str]:
    """Links, but for those to the heading itself, and pictures."""
    for part in _SHOWN.finditer(heading):
        if not re.match(r"\[[^\]]*\]\(#|<a\b[^>]*href=[\"']#", part[0]):
            yield part[0]


def _held_by_title(entry: Entry) -> None:
    if not entry.private and (mark := not_public.find_in_title(entry.title)):
        entry.keep_private(str(mark))


def dated_in_text(entry: Entry, zone: tzinfo) -> None:
    """A date from the title, or from a line near the top that says little else."""
    if entry.date is not None:
        return
    lines = (_ELEMENT.sub(" ", line).strip() for line in entry.body.split("\n"))
    for line in (entry.title, *islice(filter(None, lines), FIRST_LINES)):
        # of a range the last day
        found = written_dates.find(line, zone) or written_dates.find(_RANGE.sub("", line), zone)
        told = found.span[1] - found.span[0] if found else 0
        if found and (line == entry.title or len(line) - told < FEW):
            entry.date = found.moment
            return


FIRST_LINES = 5
FEW = 25
"""Characters beside a date in a line that is about the date."""


def _plain(text: str) -> str:
    return " ".join(re.sub(r"[*_`#]", "", _LINK.sub(r"\1", text)).split())


def _said(text: str) -> str:
    """The words of a heading, without the marks of emphasis: `#12` and `C#` stay."""
    plain = _LINK.sub(r"\1", _PICTURE.sub("", text))
    return " ".join(re.sub(r"(?<!\w)[*_`]+|[*_`]+(?!\w)", "", _TAG.sub(" ", plain)).split())


_LINK = re.compile(r"\[([^\]]*)\]\([^)]*\)")
_PICTURE = re.compile(r"!\[[^\]]*\]\([^)]*\)")
_WHOLE_LINK = re.compile(r"[*_`\s]*\[([^\[\]]+)\]\(<?(https?://[^\s()<>]+)>?\)[*_`\s]*")
_SHOWN = re.compile(r"!?\[[^\[\]]*\]\([^)]*\)|<a\b[^>]*>(?:[^<]|<(?!/a>)){0,2000}</a>|<img\b[^>]*>")
_ELEMENT = re.compile(r"</?[A-Za-z][^<>]*>")
_RANGE = re.compile(r"\d{1,2}(?:st|nd|rd|th)?\s?[-–—]\s?(?=\d{1,2}\D)")
_REMARK = re.compile(
    r"<!--[ \t]*\n?((?:[ \t]*[A-Za-z][\w-]{1,30}: ?\S[^\n]*\n)+)[ \t]*-->[ \t]*\n*"
)
"""A head that readers of the text alone do not see."""


_NIKOLA = re.compile(r"(?:<!--\s*\n)?((?:\.\. [\w-]+:.*\n)+)(?:\s*-->)?[ \t]*\n?")
_NIKOLA_FIELD = re.compile(r"^\.\. ([\w-]+):(.*)$", re.MULTILINE)
_HEADING = re.compile(r"\s*#{1,2}[ \t]+(.+?)[ \t]*#*[ \t]*(?:\n|\Z)")
_HTML_HEADING = re.compile(r"\s*<h[1-3]\b[^>]*>((?:[^<]|<(?!/h[1-3]>)){1,2000})</h[1-3]>")
_TAG = re.compile(r"<[^>]*>")


def not_shown(entry: Entry, now: datetime, zone: tzinfo = UTC) -> str:
    """Why an entry is not shown today, though nothing keeps it private; days as in `zone`."""
    if entry.date and entry.date > now:
        return f"to appear on {entry.date.astimezone(zone):%Y-%m-%d}"
    expires = entry.matter.get("expiryDateTime")
    if isinstance(expires, datetime) and expires <= now:
        return f"expired on {expires.astimezone(zone):%Y-%m-%d}"
    return ""
