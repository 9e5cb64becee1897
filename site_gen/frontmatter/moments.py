"""Another system's moments from which a text is shown, or is not any more: they hold here too."""

import contextlib
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from typing import Any

from site_gen.frontmatter import not_public
from site_gen.frontmatter.findings import Finding
from site_gen.frontmatter.not_public import Mark
from site_gen.frontmatter.unknown_keys import kept_back
from site_gen.problems import shown

BEGIN, END = "publishedDateTime", "expiryDateTime"
Parse = Callable[[str], datetime]


def held(
    raw: Mapping[str, Any], parse: Parse, begins: Any, ends: Any
) -> tuple[dict[str, Any], list[Finding]]:
    """What those of `raw` come to in our keys, and what is said of each: a text that is
    shown from `begins` to `ends` is shown no sooner and no longer than they say. A beginning that
    cannot be read makes a draft; a text without a beginning of its own gets none."""
    made: dict[str, Any] = {}
    findings: list[Finding] = []
    for key, value in not_public.not_before(raw):
        try:
            moment = parse(str(value))
        except ValueError:
            if "draft" not in raw:
                made["draft"] = True
                findings.append(kept_back(key, Mark(key, str(value)[:60])))
            continue
        if isinstance(begins, datetime) and moment > begins:
            begins = made[BEGIN] = moment
            findings.append(_taken(key, value, BEGIN, "shown before"))
    for key, value in not_public.not_after(raw):
        with contextlib.suppress(ValueError):
            moment = parse(str(value))
            if not isinstance(ends, datetime) or moment < ends:
                ends = made[END] = moment
                findings.append(_taken(key, value, END, "shown from then on"))
    return made, findings


def never_shown(data: Mapping[str, Any]) -> Iterator[Finding]:
    """Gone before it came: nobody ever sees it, which hardly anybody means."""
    begins, ends = data.get(BEGIN), data.get(END)
    if isinstance(begins, datetime) and isinstance(ends, datetime) and ends <= begins:
        message = "expiryDateTime: is not after publishedDateTime, so it is never shown"
        cure = "correct one of the two; to take it away, write `published: false`"
        # a note: with it a text may be taken down, and no such build fails
        yield Finding((END,), "article/expiry", message, cure, "note")


def _taken(key: str, value: Any, ours: str, said: str) -> Finding:
    text = f"{shown(f'{key}: {value}')} is taken for {ours}: it is not {said}"
    return Finding((key,), "article/not-public", text, f"write `{ours}: {value}` for it", "note")
