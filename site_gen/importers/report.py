"""The report of an import: `import-report.md`, and a summary for the terminal."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from site_gen.importers import menus, report_texts
from site_gen.importers.reading import addresses
from site_gen.importers.report_texts import counted_as
from site_gen.importers.writer import Row, counted

if TYPE_CHECKING:
    from site_gen.importers.run import Outcome

NAME = "import-report.md"
MOST = 200
"""Lines of one list; more are counted."""
MOST_SAID = 5


def summary(outcome: "Outcome") -> Iterator[str]:
    """The summary."""
    form = "a whole issue" if outcome.guess.form == "issues" else "an article"
    if outcome.places.placed:
        yield f"{_what(outcome)}. Each post is taken for {form}: {outcome.guess.why}."
    else:
        yield f"{_what(outcome)} came: no post and no page was found."
    count = counted(outcome.rows)
    yield "Files: " + (", ".join(_counted(s, n) for s, n in count.items()) or "none") + "."
    yield _addresses(outcome)
    if outcome.feed:
        yield _feed(outcome)
    aside = [(row.source, "; ".join(row.reasons)) for row in outcome.quarantined]
    for source, why in [*outcome.site.failed, *aside][:MOST_SAID]:
        yield f"Not taken in: {source} ({why})"
    private = report_texts.private(outcome)
    if private:
        yield f"{counted_as(len(private), 'that was', 'that were')} not public will not be shown."
    if any(row.path == "site.toml" and row.status == "kept" for row in outcome.rows):
        yield "Your site.toml stays as it is: take over what the report lists, or addresses change."
    if not outcome.dry:
        yield f"{NAME} says it all, and what is left for you."


def markdown(outcome: "Outcome") -> str:
    """The whole report."""
    parts = [
        f"# What came of the {outcome.kind} site\n",
        f"{_what(outcome)}. {_form(outcome)}\n",
        _section("What was found", report_texts.found(outcome)),
        _section("Addresses", _address_lines(outcome)),
        _section("Feeds", _feed_lines(outcome)),
        _section("Left for you", _to_do(outcome)),
        _section("Not public, and not shown", report_texts.private(outcome)),
        _section("Not understood, and kept as text", report_texts.odd(outcome)),
        _section("Left out of texts, or not as it was", report_texts.lost(outcome)),
        _section("Left out of front matter", report_texts.left_out(outcome)),
        _section("Stayed behind", report_texts.stayed(outcome)),
        _settings(outcome),
        _section("Files of yours, left as they are", _yours(outcome)),
    ]
    return "\n".join(part for part in parts if part)


_KINDS = (
    ("edition", "issue", "issues"),
    ("article", "article", "articles"),
    ("page", "page", "pages"),
)


_STATUS = {
    "created": ("new", "new"), "updated": ("new version", "new versions"),
    "unchanged": ("unchanged", "unchanged"), "kept": ("yours, left alone", "yours, left alone"),
    "removed": ("that you removed stays away", "that you removed stay away"),
    "quarantined": ("in quarantine", "in quarantine"),
}  # fmt: skip


def _counted(status: str, count: int) -> str:
    return counted_as(count, *_STATUS[status])


def _what(outcome: "Outcome") -> str:
    kinds = Counter(place.kind for place in outcome.places.placed)
    parts = [counted_as(kinds[kind], one, many) for kind, one, many in _KINDS if kinds[kind]]
    if outcome.cards:
        parts.append(counted_as(outcome.cards, "link item as a card", "link items as cards"))
    static = sum(1 for row in outcome.rows if row.path.startswith("content/static/"))
    if static:
        parts.append(counted_as(static, "file", "files"))
    return ", ".join(parts) or "Nothing"


def _form(outcome: "Outcome") -> str:
    if outcome.guess.form == "issues":
        return (
            f"Each post is a whole issue, which is an edition here ({outcome.guess.why}). If they"
            " are single articles, import again with `--article-per-file`."
        )
    return (
        f"Each post is an article; weeks make the editions ({outcome.guess.why}). If each is a"
        " whole issue, import again with `--issue-per-file`."
    )


def _addresses(outcome: "Outcome") -> str:
    kept, moved = _kept(outcome)
    lost = len(outcome.lost)
    return (
        f"Addresses: {kept} as they were, {moved + len(outcome.redirects.rules)} lead on,"
        f" {lost} lost."
    )


def _pictures(outcome: "Outcome") -> int:
    """Pictures over http:, which a build leaves out."""
    return sum(len(_INSECURE.findall(place.entry.body)) for place in outcome.places.placed)


_INSECURE = re.compile(r"!\[[^\]]*\]\(http://|<img[^>]*src=[\"']http://")


def _kept(outcome: "Outcome") -> tuple[int, int]:
    placed = outcome.places.placed
    aliases = sum(len(place.aliases) for place in placed)
    same = sum(
        1
        for p in placed
        if p.entry.address and addresses.same(p.entry.address) == addresses.same(p.address)
    )
    return same, aliases


def _address_lines(outcome: "Outcome") -> list[str]:
    kept, moved = _kept(outcome)
    had = sum(1 for place in outcome.places.placed if place.entry.address)
    told = (
        f"At the address they had: {kept} of {had}." if had else "Of no text an address is known."
    )
    lines = [
        f"{told} New ones will be at `{outcome.places.permalink}`.",
        f"Leading on to them, by `aliases` in their front matter: {moved}.",
        "Lists and feeds leading to ours, by `[[redirects]]` in site.toml:"
        f" {len(outcome.redirects.rules)}.",
    ]
    if outcome.site.patterns:
        lines.append(
            "Redirects for many addresses at once, kept as they were in"
            f" `content/static/_redirects`: {len(outcome.site.patterns)}. See whether they lead"
            " to what is here."
        )
    if outcome.lost:
        lines.append(f"**Leading nowhere now: {len(outcome.lost)}.**")
        lines += [f"lost: `{address}`" for address in outcome.lost]
    else:
        lines.append("None that we know of is lost.")
    return lines


def _feed(outcome: "Outcome") -> str:
    found = outcome.feed
    assert found is not None
    text = f"Feed: {found.taken} of {found.total} entries keep their ids"
    return text + (f", {len(found.unknown)} are of nothing that came." if found.unknown else ".")


def _feed_lines(outcome: "Outcome") -> list[str]:
    posts = (place for place in outcome.places.placed if place.kind != "page")
    known = sum(1 for place in posts if place.entry.guid)
    lines = []
    if outcome.feed:
        lines.append(_feed(outcome))
        lines += [f"not found: {entry.title or entry.link}" for entry in outcome.feed.unknown]
    elif known:
        lines.append(
            f"{counted_as(known, 'entry has', 'entries have')} the ids that {outcome.kind} gives by"
            " its rules. To be sure, save"
            " the feed of the old site and import again with `--feed old.xml`."
        )
    else:
        lines.append(
            "The ids of the old feed are not known, so readers would see its entries once more:"
            " save the feed of the old site and import again with `--feed old.xml`."
        )
    lines.append(
        "Before you switch: `site-gen build`, then `site-gen feeds diff old.xml"
        f" public/{outcome.redirects.names['rss']}` says whether any entry would be"
        " announced again."
    )
    return lines


def _to_do(outcome: "Outcome") -> list[str]:
    lines = [f"{source} was not taken in: {why}" for source, why in outcome.site.failed]
    lines += [f"{row.path}: {'; '.join(row.reasons)}" for row in outcome.quarantined]
    if outcome.quarantined:
        lines.append("Mend what is in quarantine where it lies, then `site-gen accept FILE`.")
    lines += outcome.site.notes
    lines += [
        f"{path}: its text is gone from the old site, and still here" for path in outcome.gone
    ]
    lines += [_said(row) for row in outcome.rows if row.shows]
    lines += report_texts.dated(outcome)
    lines += report_texts.topics(outcome)
    if not outcome.site.base_url:
        lines.append(
            "Set `base_url` in site.toml: the old settings do not say where the site lives."
        )
    if not outcome.site.title:
        lines.append(
            "Set `title` in site.toml: the old settings do not say what the digest is called."
        )
    if not outcome.site.timezone:
        lines.append(
            "Set `timezone` in site.toml if yours is not UTC: it says on which day a story is."
        )
    if items := list(menus.unlike(outcome.site, outcome.places)):
        lines.append(
            "Items of the old menu that ours, which names pages and lists, has not:"
            f" {', '.join(items)}. A page in `content/pages/` can hold such links."
        )
    if outcome.missing:
        count = counted_as(len(outcome.missing), "lead picture is", "lead pictures are")
        lines.append(
            f"{count} not among the files of the old site, such as `{outcome.missing[0]}`, and"
            " left out: copy such files to where the old site had them, and import again."
        )
    if outcome.dead:
        count = counted_as(len(outcome.dead), "link leads", "links lead")
        lines.append(
            f"{count} to the top of a text now, since the place that they name, such as"
            f" `{outcome.dead[0]}`, is no heading of it."
        )
    if pictures := _pictures(outcome):
        lines.append(
            f"Pictures with http: addresses, which are not shown: {pictures}."
            " Write https: where that works."
        )
    lines.append("`site-gen build` and `site-gen serve`: look at an old page, a list, the feed.")
    return lines


def _settings(outcome: "Outcome") -> str:
    row = next((row for row in outcome.rows if row.path == "site.toml"), None)
    if row is None or row.status not in ("kept", "removed"):
        return ""
    have = {line.strip() for line in outcome.own_settings.split("\n")}
    parts = re.split(r"\n\n+", outcome.settings.strip("\n"))
    missing = [part for part in parts if any(line.strip() not in have for line in part.split("\n"))]
    if not missing:
        return ""
    text = "\n\n".join(missing)
    return (
        "## Settings that your site.toml does not have from us\n\nIt is yours, so we left it alone."
        f" What we would have written beside what stands there:\n\n```toml\n{text}\n```\n"
    )


def _yours(outcome: "Outcome") -> list[str]:
    return [_said(row) for row in outcome.rows if row.status in ("kept", "removed")]


def _said(row: Row) -> str:
    if row.status == "removed":
        return f"{row.path} (you removed it)"
    return f"{row.path}" + (f" ({'; '.join(row.reasons)})" if row.reasons else "")


def _section(title: str, lines: Iterable[str]) -> str:
    listed = list(lines)
    if not listed:
        return ""
    shown = [f"- {line}" for line in listed[:MOST]]
    if len(listed) > MOST:
        shown.append(f"- and {len(listed) - MOST} more")
    return f"## {title}\n\n" + "\n".join(shown) + "\n"


def as_data(outcome: "Outcome") -> dict[str, object]:
    """The report for programs."""
    kept, moved = _kept(outcome)
    return {
        "kind": outcome.kind,
        "form": outcome.guess.form,
        "why": outcome.guess.why,
        "dryRun": outcome.dry,
        "counts": counted(outcome.rows),
        "addresses": {
            "kept": kept, "aliases": moved, "redirects": len(outcome.redirects.rules),
            "lost": outcome.lost,
        },
        "files": [{"path": row.path, "source": row.source, "status": row.status,
                   "reasons": list(row.reasons)} for row in outcome.rows],
        "found": list(report_texts.found(outcome)),
        "toDo": _to_do(outcome),
        "notShown": report_texts.private(outcome),
        "keptAsText": report_texts.odd(outcome),
        "leftOutOfTexts": report_texts.lost(outcome),
        "left": report_texts.stayed(outcome),
    }  # fmt: skip
