"""A document that already has our front matter: taken as it is, byte for byte, nothing minted."""

from site_gen import frontmatter
from site_gen.convert import kept_as_draft
from site_gen.frontmatter import not_public
from site_gen.model import Draft, RawDocument, Receipt

OWN = frozenset(["draft", "published", "tags", "category", "type"])
"""Keys that say the same here."""


def convert_entry(raw: RawDocument, text: str) -> list[Draft]:
    """`raw` as one draft to be written verbatim. Raises SiteError where its YAML is broken."""
    parts = frontmatter.split(text, raw.name)
    matter = frontmatter.load(parts.head, raw.name)
    lines = tuple(line for line in parts.body.split("\n") if line.strip())
    receipt = Receipt(source=raw.name, kind="entry", confidence=1.0, kept=lines)
    draft = Draft(matter=matter, body=parts.body, receipt=receipt, verbatim=_bytes(raw, text))
    found = not_public.marks({k: v for k, v in matter.items() if k not in OWN})
    late = tuple(not_public.Mark(key, str(v)) for key, v in not_public.not_before(matter))
    return [kept_as_draft.kept_as_draft(draft, found + late)]


def _bytes(raw: RawDocument, text: str) -> bytes:
    """As it came, but where that is no UTF-8, which no build would read."""
    try:
        raw.data.decode("utf-8")
    except UnicodeDecodeError:
        return text.encode("utf-8")
    return raw.data
