"""Mails, mailboxes and web archives (.eml, .mbox, .mht) to drafts, one for each mail."""

from collections.abc import Iterator
from email.message import EmailMessage
from typing import Any

from msgspec.structs import replace

from site_gen.basics import urls, written_dates
from site_gen.convert import kept_as_draft
from site_gen.convert.mail import forwarded, frame, headers, messages, parts, quoted
from site_gen.convert.mail.parts import Part
from site_gen.convert.mail.quoted import Parted
from site_gen.model import Cut, Draft, RawDocument
from site_gen.problems import Problem, SiteError, Where
from site_gen.settings import Settings

MAX_DEPTH = 3
"""Mails in mails that are read."""


def convert_mail(raw: RawDocument, settings: Settings, split: bool | None) -> list[Draft]:
    """A draft for each mail in `raw`, or several for a newsletter that is split.

    Raises SiteError if no mail has a text.
    """
    drafts = [
        draft
        for sent in messages.read_messages(raw.data, raw.name)
        for message in _with_attached(sent)
        for draft in _drafts(message, raw.name, settings, split)
    ]
    if not drafts:
        raise SiteError([_empty(raw.name)])
    return drafts


def _with_attached(message: EmailMessage, depth: int = 0) -> Iterator[EmailMessage]:
    """A mail, and those that it carries."""
    yield message
    if depth < MAX_DEPTH:
        for held in parts.attached_mails(message):
            yield from _with_attached(held, depth + 1)


def _drafts(
    message: EmailMessage, name: str, settings: Settings, split: bool | None
) -> list[Draft]:
    part = parts.best_part(message)
    if part is None:
        return []
    archive = headers.archived_page(message)
    own = Parted(part.text) if archive else _without_other_mail(part, message)
    part = part._replace(text=own.text)
    made = _converted(part, message, name, settings, split)
    left = {"attachment": parts.attachments(message), "picture": parts.pictures(message)}
    if archive:
        return made
    said = _said(message, settings)
    marks = headers.not_public(message)
    drafts = [_with(draft, said, left, own_title=len(made) > 1) for draft in made]
    return [kept_as_draft.apply_marks(_told(draft, own), marks) for draft in drafts]


def _without_other_mail(part: Part, message: EmailMessage) -> Parted:
    is_forward = headers.is_forward(message) and not headers.is_answer(message)
    if part.is_html:
        from site_gen.convert.mail import quoted_html

        return quoted_html.part(part.text, is_forward=is_forward)
    return quoted.part(part.text, is_forward=is_forward)


def _told(draft: Draft, own: Parted) -> Draft:
    """The draft with what was parted from its mail in its receipt and its warnings."""
    if not own.warning:
        return draft
    cuts = tuple(Cut(rule="other_mail", text=line) for line in own.gone)
    warnings = [*draft.matter.get("warnings", ()), own.warning]
    receipt = replace(draft.receipt, cuts=(*draft.receipt.cuts, *cuts))
    return replace(draft, matter={**draft.matter, "warnings": warnings}, receipt=receipt)


def _converted(
    part: Part, message: EmailMessage, name: str, settings: Settings, split: bool | None
) -> list[Draft]:
    """Converted as a page or as text. A web archive is a page with furniture, a mail has none."""
    if part.is_html:
        archive = headers.archived_page(message)
        from site_gen.convert.html import convert_html

        return convert_html(
            part.text, source=name, settings=settings, url=archive, split=split, whole=not archive
        )
    from site_gen.convert.text import convert_text

    text, gone = frame.without_frame(part.text, is_forward=headers.is_forward(message))
    title = headers.subject(message)  # so that a heading of the text stays one
    drafts = convert_text(
        text, source=name, settings=settings, split=bool(split), title=title, whole=True
    )
    return [_framed(drafts[0], gone), *drafts[1:]]


def _framed(draft: Draft, gone: list[str]) -> Draft:
    """The draft with the lines around the mail's text in its receipt."""
    cuts = tuple(Cut(rule="boilerplate_line", text=line) for line in gone)
    return replace(draft, receipt=replace(draft.receipt, cuts=(*cuts, *draft.receipt.cuts)))


def _said(message: EmailMessage, settings: Settings) -> dict[str, Any]:
    """Facts from the headers under our keys; for a forwarded mail, those of the original."""
    sender = headers.sender(message)
    listed = headers.is_from_a_list(message)
    read = written_dates.read(headers.text(message, "date"), settings.zone)
    if original := forwarded.original(message, settings.zone):
        sender, listed = original.sender, original.is_from_a_list
        read = original.sent or read
    provider = {
        "name": sender.name if listed else "",
        "domain": urls.host(f"https://{sender.host}"),
    }
    found = {
        "title": headers.subject(message),
        "publishedDateTime": read.moment if read else None,
        "webUrl": headers.address(message),
        "provider": {key: value for key, value in provider.items() if value},
        "authors": [{"name": sender.name}] if sender.name and not listed else [],
    }
    return {key: value for key, value in found.items() if value}


def _with(
    draft: Draft, said: dict[str, Any], left: dict[str, list[str]], *, own_title: bool
) -> Draft:
    """The draft with the facts from its mail's headers; one story of several keeps its title."""
    matter = {**draft.matter, **said}
    titled = "title" in said
    if own_title and draft.matter.get("title"):
        matter["title"] = draft.matter["title"]
    if titled:
        matter.pop("titleDerived", None)
    warned = [w for w in matter.get("warnings", ()) if not w.startswith("publishedDateTime")]
    warned = [w for w in warned if w != "title-derived" or not titled]
    cuts = list(draft.receipt.cuts)
    if left["picture"]:
        warned = [w for w in warned if not w.endswith("no address that can be used")]
    for what, names in left.items():
        if names:
            count = f"{len(names)} {what}{'s' if len(names) > 1 else ''}"
            warned.append(f"{count} left out: {', '.join(names)[:120]}")
        cuts += [Cut(rule=what, text=name) for name in names]
    matter["warnings"] = warned
    quarantine = tuple(
        q for q in draft.quarantine if q != "no title found" or not said.get("title")
    )
    return replace(
        draft,
        matter={key: value for key, value in matter.items() if value != []},
        receipt=replace(draft.receipt, cuts=tuple(cuts)),
        quarantine=quarantine,
    )


def _empty(name: str) -> Problem:
    return Problem(
        "convert/mail",
        "the mail has no text that can be read",
        Where(name),
        "open it in a mail program and save its text, or the message as HTML",
    )
