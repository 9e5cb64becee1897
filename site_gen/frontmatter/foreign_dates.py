"""Other systems' dates that show and hide articles; they have the same effect here."""

import contextlib
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from typing import Any

from site_gen.frontmatter import not_public
from site_gen.frontmatter.findings import Finding
from site_gen.frontmatter.not_public import Mark
from site_gen.frontmatter.unknown_keys import not_public_finding
from site_gen.problems import shown

BEGIN, END = "publishedDateTime", "expiryDateTime"
Parse = Callable[[str], datetime]


def convert_dates(
    raw: Mapping[str, Any], parse: Parse, begins: Any, ends: Any
) -> tuple[dict[str, Any], list[Finding]]:
    """Our keys for the dates in `raw`, and a finding for each that was used.

    An article shown from `begins` to `ends` is shown no earlier and no longer than they say. An
    unreadable begin date makes a draft. An article without its own begin date gets none.
    """
    made: dict[str, Any] = {}
    findings: list[Finding] = []
    for key, value in not_public.not_before(raw):
        try:
            moment = parse(str(value))
        except ValueError:
            if "draft" not in raw:
                made["draft"] = True
                findings.append(not_public_finding(key, Mark(key, str(value)[:60])))
            continue
        if isinstance(begins, datetime) and moment > begins:
            begins = made[BEGIN] = moment
            findings.append(_date_finding(key, value, BEGIN, "shown before"))
    for key, value in not_public.not_after(raw):
        with contextlib.suppress(ValueError):
            moment = parse(str(value))
            if not isinstance(ends, datetime) or moment < ends:
                ends = made[END] = moment
                findings.append(_date_finding(key, value, END, "shown from then on"))
    return made, findings


def find_never_shown(data: Mapping[str, Any]) -> Iterator[Finding]:
    """An article that expires before it is published; probably a mistake."""
    begins, ends = data.get(BEGIN), data.get(END)
    if isinstance(begins, datetime) and isinstance(ends, datetime) and ends <= begins:
        message = "expiryDateTime: is not after publishedDateTime, so it is never shown"
        cure = "correct one of the two; to take it away, write `published: false`"
        # a note: with it a text may be taken down, and no such build fails
        yield Finding((END,), "article/expiry", message, cure, "note")


def _date_finding(key: str, value: Any, ours: str, said: str) -> Finding:
    text = f"{shown(f'{key}: {value}')} is taken for {ours}: it is not {said}"
    return Finding((key,), "article/not-public", text, f"write `{ours}: {value}` for it", "note")
