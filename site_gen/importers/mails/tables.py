"""Tables of mails, as newsletter services export them: CSV or JSON, by what columns are called."""

import csv
import io
import re
from typing import Any, NamedTuple

from site_gen.importers.reading import values


class Columns(NamedTuple):
    """What the columns of such a table are called, in lower case, letters and digits alone."""

    id: tuple[str, ...] = ("postid", "id", "campaignid", "uniqueid")
    title: tuple[str, ...] = (
        *("subject", "subjectline", "betreff", "title", "campaignname", "campaigntitle"),
        *("webtitle", "campaign", "name"),
    )
    excerpt: tuple[str, ...] = ("subtitle", "websubtitle", "description", "previewtext")
    date: tuple[str, ...] = (
        *("postdate", "publishdate", "publishedat", "sentat", "senddate", "sendtime"),
        *("emailsentat", "senton", "sentdate", "datesent", "sent", "deliverydate", "date"),
        *("versanddatum", "gesendetam", "datum", "creationdate"),
    )
    public: tuple[str, ...] = ("ispublished",)
    status: tuple[str, ...] = ("status",)
    audience: tuple[str, ...] = ("audience", "emailtype", "visibility")
    slug: tuple[str, ...] = ("slug",)
    url: tuple[str, ...] = (
        "absoluteurl",
        "archiveurl",
        "weburl",
        "canonicalurl",
        "permalink",
        "url",
    )
    body: tuple[str, ...] = ("body", "content", "html", "bodyhtml", "contenthtml", "markdown")
    number: tuple[str, ...] = ("secondaryid", "number", "issuenumber", "issue")
    audio: tuple[str, ...] = ("podcasturl", "audiourl")
    image: tuple[str, ...] = ("image", "imageurl", "coverimage", "coverimageurl", "thumbnail")
    author: tuple[str, ...] = ("author", "authors", "byline", "bylines")
    file: tuple[str, ...] = ("filename", "file", "htmlfile", "path", "datei")


COLUMNS = Columns()
TAKEN = frozenset(name for names in COLUMNS for name in names) | {"type", "published"}


def rows(text: str, name: str) -> list[dict[str, str]]:
    """The rows of a table of mails, columns in lower case; none for other tables."""
    if name.endswith(".json"):
        found = values.from_json(text)
        listed = found.get("results") if isinstance(found, dict) else found
        dicts = [row for row in listed if isinstance(row, dict)] if isinstance(listed, list) else []
        return [
            {str(k).lower(): "" if v is None else str(v) for k, v in row.items()} for row in dicts
        ]
    csv.field_size_limit(10_000_000)
    try:
        table = csv.DictReader(io.StringIO(text), delimiter=_delimiter(text))
        return _dated([_row(row) for row in table])
    except csv.Error:
        return []


def _delimiter(text: str) -> str:
    """Tables of some countries have semicolons: what the first line has most."""
    first = text.partition("\n")[0]
    return max((",", ";", "\t"), key=first.count)


def _dated(rows: list[dict[str, str]]) -> list[dict[str, str]]:
    """Dates such as 3/14/2024 as ISO ones, where some day of their column tells the order."""
    for column in COLUMNS.date:
        found = [(row, m) for row in rows if (m := _SLASHED.match(row.get(column, "").strip()))]
        days_first = any(int(m[1]) > 12 for _, m in found)
        if days_first == any(int(m[2]) > 12 for _, m in found):
            continue  # neither, or both, which is no date
        for row, m in found:
            day, month = (m[1], m[2]) if days_first else (m[2], m[1])
            row[column] = f"{m[3]}-{int(month):02d}-{int(day):02d}{m[4]}"
    return rows


_SLASHED = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})(.*)", re.DOTALL)


def _row(row: dict[Any, Any]) -> dict[str, str]:
    """Without what stands in no column."""
    return {
        column(key): value or ""
        for key, value in row.items()
        if isinstance(key, str) and (value is None or isinstance(value, str))
    }


def column(name: str) -> str:
    return re.sub(r"[^a-z0-9]", "", name.lower())


def without_a_place(row: dict[str, Any]) -> list[str]:
    """The columns of a row, or keys of a mail, that say something and have no place here."""
    empty = ("", "0", "0.0", "false", "none", "[]", "{}")
    return [
        name for name, value in row.items()
        if column(name) not in TAKEN and str(value or "").strip().lower() not in empty
    ]  # fmt: skip
