"""A document that already has our front matter: taken as it is, byte for byte, nothing minted."""

from site_gen import frontmatter
from site_gen.model import Draft, RawDocument, Receipt


def convert_entry(raw: RawDocument, text: str) -> list[Draft]:
    """`raw` as one draft to be written verbatim. Raises SiteError where its YAML is broken."""
    parts = frontmatter.split(text, raw.name)
    matter = frontmatter.load(parts.head, raw.name)
    lines = tuple(line for line in parts.body.split("\n") if line.strip())
    receipt = Receipt(source=raw.name, kind="entry", confidence=1.0, kept=lines)
    return [Draft(matter=matter, body=parts.body, receipt=receipt, verbatim=_bytes(raw, text))]


def _bytes(raw: RawDocument, text: str) -> bytes:
    """As it came, but where that is no UTF-8, which no build would read."""
    try:
        raw.data.decode("utf-8")
    except UnicodeDecodeError:
        return text.encode("utf-8")
    return raw.data
