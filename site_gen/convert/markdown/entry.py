"""Documents that already have our front matter: copied byte for byte, nothing added."""

from site_gen import frontmatter
from site_gen.convert import kept_as_draft
from site_gen.frontmatter import not_public
from site_gen.model import Draft, RawDocument, Receipt

OWN = frozenset(["draft", "published", "tags", "category", "type"])
"""Keys that mean the same here."""


def convert_entry(raw: RawDocument, text: str) -> list[Draft]:
    """`raw` as one verbatim draft. Raises SiteError if its YAML is broken."""
    parts = frontmatter.split(text, raw.name)
    matter = frontmatter.load(parts.head, raw.name)
    lines = tuple(line for line in parts.body.split("\n") if line.strip())
    receipt = Receipt(source=raw.name, kind="entry", confidence=1.0, kept=lines)
    draft = Draft(matter=matter, body=parts.body, receipt=receipt, verbatim=_bytes(raw, text))
    found = not_public.marks({k: v for k, v in matter.items() if k not in OWN})
    late = tuple(not_public.Mark(key, str(v)) for key, v in not_public.not_before(matter))
    return [kept_as_draft.apply_marks(draft, found + late)]


def _bytes(raw: RawDocument, text: str) -> bytes:
    """The original bytes, or UTF-8 if they are in another encoding, which builds do not read."""
    try:
        raw.data.decode("utf-8")
    except UnicodeDecodeError:
        return text.encode("utf-8")
    return raw.data
