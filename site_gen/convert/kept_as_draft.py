"""Documents that their own system marks as not public become drafts or are not imported."""

import re
from collections.abc import Mapping
from datetime import datetime, tzinfo
from typing import Any

from msgspec.structs import replace

from site_gen.basics import dates, written_dates
from site_gen.frontmatter import not_public
from site_gen.frontmatter.not_public import Mark
from site_gen.model import Cut, Draft

RULE = "not_public"
_HEAD = re.compile(r"\A(\ufeff?---[ \t]*\r?\n)(.*?)(^---[ \t]*\r?$)", re.DOTALL | re.MULTILINE)


def apply_marks(draft: Draft, found: tuple[Mark, ...]) -> Draft:
    """The draft with `draft: true` if a mark requires it; the receipt names all marks."""
    if not_public.is_out(found):
        out = ", ".join(str(mark) for mark in found if mark.standing == "out")
        return replace(draft, left_out=f"{out}: it stays out")
    if not found or draft.matter.get("draft") is True or draft.matter.get("published") is False:
        return draft
    cuts = (Cut(rule=RULE, text=str(mark), to="draft") for mark in found)
    receipt = replace(draft.receipt, cuts=(*draft.receipt.cuts, *cuts))
    matter = {**draft.matter, "draft": True}
    if draft.verbatim is None:
        said = ", ".join(str(mark) for mark in found)
        matter["warnings"] = [*matter.get("warnings", ()), f"{said}: kept back as a draft"]
        return replace(draft, matter=matter, receipt=receipt)
    return replace(draft, matter=matter, receipt=receipt, verbatim=_with_draft(draft.verbatim))


def _with_draft(data: bytes) -> bytes:
    """The file with one line added to its front matter."""
    text = data.decode("utf-8")

    def marked(found: re.Match[str]) -> str:
        end = "\r\n" if found[1].endswith("\r\n") else "\n"
        head = re.sub(r"(?m)^draft:.*\r?\n", "", found[2])
        return f"{found[1]}{head}draft: true{end}{found[3]}"

    return _HEAD.sub(marked, text, count=1).encode("utf-8")


def apply_embargo(
    matter: dict[str, Any], fields: Mapping[str, Any], zone: tzinfo
) -> tuple[dict[str, Any], list[Cut]]:
    """`matter` not published before Hugo's publishDate, and lines for the receipt.

    An unreadable date makes a draft; a date without effect stays under its own key.
    """
    made, cuts = dict(matter), list[Cut]()
    for key, value in not_public.not_before(fields):
        found = written_dates.read(value, zone, "")
        before = made.get("publishedDateTime")
        if found is None:
            made |= {key: str(value), "draft": True}
            cuts.append(Cut(rule=RULE, text=f"{key}: {value}", to="draft"))
        elif not isinstance(before, datetime) or found.moment > before:
            made["publishedDateTime"] = found.moment
            if isinstance(before, datetime):
                cuts.append(Cut(rule=RULE, text=f"date: {dates.iso(before)}"))
            cuts.append(Cut(rule=RULE, text=f"{key}: {value}", to="publishedDateTime"))
        else:
            made[key] = str(value)
    return made, cuts
