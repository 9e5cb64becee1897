"""Merges a new draft into a file that an editor changed, only in fields that the editor left
alone."""

import io
from collections.abc import Mapping
from typing import Any, NamedTuple

from site_gen import frontmatter
from site_gen.convert.drafts.identity import KEPT
from site_gen.convert.receipts.store import Written
from site_gen.model import Draft


class Merged(NamedTuple):
    """The file's new text, the fields that were updated, and those left to the editor."""

    text: str
    taken: tuple[str, ...]
    left: tuple[str, ...]


def merge(current: str, before: Written, matter: Mapping[str, Any], draft: Draft) -> Merged:
    """`current` with the draft's values for fields that are still as `before` wrote them.

    `matter` is the draft's front matter as in a file. Comments, order and quotes of the file stay.
    Raises SiteError if the file cannot be read.
    """
    parts = frontmatter.split(current)
    now = frontmatter.load(parts.head)
    keys = [key for key in (*matter, *before.matter) if key not in KEPT]
    changed = [k for k in dict.fromkeys(keys) if matter.get(k) != before.matter.get(k)]
    taken = [key for key in changed if now.get(key) == before.matter.get(key)]
    left = [key for key in changed if key not in taken and now.get(key) != matter.get(key)]
    head = (
        edit_front_matter(parts.head, {key: matter.get(key) for key in taken})
        if taken
        else parts.head
    )
    body, own = parts.body, draft.body.strip("\n")
    if own != before.body.strip("\n"):
        if body.strip("\n") == before.body.strip("\n"):
            body, taken = f"\n{own}\n", [*taken, "body"]
        elif body.strip("\n") != own:
            left.append("body")
    return Merged(f"---\n{head}---\n{body}", tuple(taken), tuple(left))


def edit_front_matter(head: str, values: Mapping[str, Any]) -> str:
    """A front matter block with these keys set (None: removed), otherwise unchanged."""
    from ruamel.yaml import YAML

    yaml = YAML()
    yaml.preserve_quotes = True
    yaml.width = 10**9
    yaml.indent(mapping=2, sequence=4, offset=2)
    document = yaml.load(head) or yaml.load("{}")
    for key, value in values.items():
        if value is None:
            document.pop(key, None)
            continue
        # the value in our own style, as ruamel reads it
        made = yaml.load(frontmatter.dump({key: value}))[key]
        if key in document:
            document[key] = made
        else:
            document.insert(_place(document, key), key, made)
    stream = io.StringIO()
    yaml.dump(document, stream)
    return stream.getvalue()


def _place(document: Mapping[str, Any], key: str) -> int:
    """The position of a new key by the schema's order."""
    order = {name: number for number, name in enumerate(frontmatter.ORDER)}
    own = order.get(key, len(order))
    after = [at for at, name in enumerate(document) if order.get(str(name), len(order)) <= own]
    return after[-1] + 1 if after else 0
