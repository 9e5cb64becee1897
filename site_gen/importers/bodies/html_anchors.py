"""Places of a page that links lead to: ids of the old page, and the headings they stand for."""

from site_gen.basics import slugs
from site_gen.convert.html.tree import Element
from site_gen.importers.old_site import Entry

HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")


def settle(root: Element, home: str, entry: Entry) -> None:
    """Note the ids of headings, and point links within the page, at the address `home`, to
    those: Markdown has no other places."""
    given: dict[str, int] = {}
    for heading in root.iter(*HEADINGS):
        slug = slugs.slugify(" ".join(heading.text_content().split())) or "section"
        given[slug] = given.get(slug, 0) + 1
        place = slug if given[slug] == 1 else f"{slug}-{given[slug]}"
        for name in _names(heading):
            entry.anchors.setdefault(name, place)
    for link in root.iter("a"):
        name = (link.get("href") or "").strip()
        if not name.startswith("#") or name in ("#", "#top"):
            continue
        if place := entry.anchors.get(name[1:], ""):
            link.set("href", f"{home}#{place}")
        elif link.text_content().strip():
            entry.lost.append("link to a place of the same page that is no heading, kept as text")


def _names(heading: Element) -> list[str]:
    """Its ids: its own, one inside it, of an empty anchor or of a box right before it."""
    before = heading.getprevious()
    near = [heading, *heading.iter("a", "span")]
    if before is not None and not (before.tail or "").strip() and before.tag in ("a", "p", "div"):
        near += [e for e in before.iter("a", "p", "div") if not e.text_content().strip()]
    parent = heading.getparent()
    if parent is not None and parent.tag in ("section", "div") and parent[0] is heading:
        near.append(parent)
    return [name for e in near for name in (e.get("id"), e.get("name")) if name]
