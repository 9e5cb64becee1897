"""The nouns: frozen, encodable, and spelt as the schema spells them."""

from typing import Any, get_type_hints

import msgspec
import pytest

from site_gen import model
from site_gen.frontmatter.check import FIELDS

NOUNS = [
    kind
    for kind in vars(model).values()
    if isinstance(kind, type) and issubclass(kind, model.Record | model.CamelRecord)
]


@pytest.mark.parametrize("kind", NOUNS, ids=lambda kind: kind.__name__)
def test_every_noun_is_frozen_and_documented(kind: Any) -> None:
    assert kind.__struct_config__.frozen
    assert (kind.__doc__ or "").strip()
    for name, hint in get_type_hints(kind).items():
        assert "list[" not in str(hint), f"{kind.__name__}.{name} is mutable"


def test_front_matter_spells_the_keys_of_files() -> None:
    keys = {f.encode_name for f in msgspec.structs.fields(model.FrontMatter)}
    # `author` is another spelling of `authors`; two are understood and carried nowhere.
    assert set(FIELDS) - keys == {"author", "secured", "featuredContent"}
    assert keys - set(FIELDS) == {"extra"}


def test_nothing_holds_what_is_never_published() -> None:
    for kind in NOUNS:
        assert not {"secured", "featured_content"} & set(kind.__struct_fields__)
