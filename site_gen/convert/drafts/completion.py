"""Completes drafts: options, topics, dates, the schema's order, a check."""

from datetime import UTC, datetime, tzinfo
from typing import Any

from msgspec.structs import replace

from site_gen import frontmatter
from site_gen.basics import dates, files, urls, written_dates
from site_gen.convert import topics
from site_gen.convert.options import ConvertOptions
from site_gen.model import Draft
from site_gen.settings import Settings

SOURCE_SUFFIXES = frozenset("news agency newspaper media online website magazine press".split())
"""Words at the end of a source's name that are optional."""
DATES = ("publishedDateTime", "addedDateTime", "modifiedDateTime", "expiryDateTime")


def complete(draft: Draft, settings: Settings, options: ConvertOptions) -> Draft:
    """The draft as it will be judged and written. Verbatim drafts are unchanged."""
    if draft.verbatim is not None:
        return replace(draft, quarantine=(*draft.quarantine, *faults(draft.matter, settings)))
    zone = settings.zone
    matter = _clean(draft.matter)
    _complete_dates(matter, options, zone)
    if draft.is_raw:
        _note_no_date(matter)
    _complete_edition(matter, options)
    _complete_provider(matter, settings, options)
    _complete_sources(matter)
    _complete_topics(matter, draft.body, settings, options)
    reasons = list(draft.quarantine)
    doubted = any(reason.startswith("confidence ") for reason in reasons)
    if not doubted and draft.receipt.confidence < settings.convert.quarantine_below:
        reasons.append(
            f"confidence {draft.receipt.confidence:.2f} is under"
            f" {settings.convert.quarantine_below:.2f}"
        )
    ordered = {key: matter[key] for key in frontmatter.ORDER if key in matter}
    ordered |= {key: value for key, value in matter.items() if key not in ordered}
    return replace(
        draft,
        matter=ordered,
        body=files.clean(draft.body),
        quarantine=tuple(dict.fromkeys(reasons)),
    )


def faults(matter: dict[str, Any], settings: Settings) -> tuple[str, ...]:
    """Why a build would refuse this front matter, in words."""
    checked = frontmatter.check(_as_loaded(matter), "", "", settings.zone)
    return tuple(p.message for p in checked.problems if p.severity == "error")


def _as_loaded(value: Any) -> Any:
    """Dates as text, as from `frontmatter.load`."""
    if isinstance(value, dict):
        return {key: _as_loaded(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_as_loaded(inner) for inner in value]
    return dates.iso(value) if isinstance(value, datetime) else value


def _clean(value: Any) -> Any:
    """Without empty fields and forbidden characters."""
    if isinstance(value, dict):
        made = {files.clean(str(k)): _clean(v) for k, v in value.items()}
        return {k: v for k, v in made.items() if v is not None and v != "" and v != [] and v != {}}
    if isinstance(value, list | tuple):
        return [item for item in map(_clean, value) if item not in (None, "", {})]
    return files.clean(value) if isinstance(value, str) else value


def _complete_dates(matter: dict[str, Any], options: ConvertOptions, zone: tzinfo) -> None:
    for key in DATES:
        if key in matter and not isinstance(matter[key], datetime):
            moment = written_dates.moment(matter[key], zone)
            if moment is None:
                value = matter[f"x-{key}"] = matter.pop(key)
                said = written_dates.warnings(key, value, None)
                matter["warnings"] = [*matter.get("warnings", ()), *said]
            else:
                matter[key] = moment
        elif key in matter:
            matter[key] = matter[key].astimezone(UTC)
    if options.date and "publishedDateTime" not in matter:
        matter["publishedDateTime"] = options.date


def _note_no_date(matter: dict[str, Any]) -> None:
    said = "publishedDateTime: no date was found"
    if "publishedDateTime" not in matter:
        matter["warnings"] = [*matter.get("warnings", ()), said]


def _complete_edition(matter: dict[str, Any], options: ConvertOptions) -> None:
    if options.edition and not matter.get("edition"):
        matter["edition"] = options.edition


def _complete_provider(matter: dict[str, Any], settings: Settings, options: ConvertOptions) -> None:
    if not options.provider or matter.get("provider"):
        return
    wanted = options.provider.strip()
    for known in settings.providers:
        if wanted.casefold() in (known.name.casefold(), known.domain):
            found = {"name": known.name, "domain": known.domain}
            matter["provider"] = {key: value for key, value in found.items() if value}
            return
    try:
        matter["provider"] = {"domain": urls.domain(wanted)}
    except ValueError:
        matter["provider"] = {"name": wanted}


def _complete_sources(matter: dict[str, Any]) -> None:
    """Treats `Bloomberg` and `Bloomberg News` as one source, under the first name."""
    given = matter.get("sources")
    if not isinstance(given, list):
        return
    kept: dict[str, Any] = {}
    for source in given:
        name = source.get("name") if isinstance(source, dict) else source
        words = str(name or "").casefold().removeprefix("the ").split()
        while len(words) > 1 and words[-1] in SOURCE_SUFFIXES:
            words.pop()
        kept.setdefault(" ".join(words) or str(source), source)
    matter["sources"] = list(kept.values())


def _complete_topics(
    matter: dict[str, Any], body: str, settings: Settings, options: ConvertOptions
) -> None:
    given = matter.get("topics") or []
    given = list(given) if isinstance(given, list) else [given]
    if not given:
        tags = [str(tag) for tag in matter.get("tags") or ()]
        given = topics.find_topics(str(matter.get("title", "")), tags, body, settings.topics)
    asked = [topics.known_name(topic, settings.topics) for topic in options.topics]
    listed = list(dict.fromkeys([*given, *asked]))
    if listed:
        matter["topics"] = listed
