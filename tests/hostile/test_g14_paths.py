"""G14: paths are unique where case and forms of letters do not count, legal everywhere, stable."""

import re
import unicodedata
from typing import Any

from hypothesis import example, given
from hypothesis import strategies as st

from site_gen.basics import slugs

RESERVED = re.compile(r"(?i)(con|prn|aux|nul|com[0-9]|lpt[0-9])(\.|$)")
ILLEGAL = re.compile(r'[\x00-\x1f<>:"|?*\\]|[. ]$')
NAMES = st.text(max_size=30) | st.lists(
    st.sampled_from(
        [
            "con",
            "AUX",
            ".",
            "..",
            "/",
            "\\",
            "ß",
            "SS",
            "İ",
            "ı",
            "e\u0301",
            "é",
            "\u200d",
            " ",
            "-",
            "\u202e",
            "nul.",
            ":",
            "%2e",
            "\U0001f6a2",
            "中",
            "ﬁ",
            "Σ",
            "ς",
        ]
    ),
    max_size=6,
).map("".join)


def legal(part: str) -> bool:
    """Whether every file system holds this name, as it is."""
    return not (
        part in ("", ".", "..")
        or ILLEGAL.search(part)
        or RESERVED.match(part)
        or len(part.encode()) > 255
        or unicodedata.normalize("NFC", part) != part
    )


def test_g14_every_path_of_the_hostile_site(whole: Any) -> None:
    paths = [p.relative_to(whole.public).as_posix() for p in whole.public.rglob("*")]
    for path in paths:
        assert all(legal(part) for part in path.split("/")), path
    folded = [unicodedata.normalize("NFC", path).casefold() for path in paths]
    assert len(set(folded)) == len(folded)


def test_g14_slugs_are_as_the_list_says(whole: Any) -> None:
    for name, case in whole.cases.items():
        if name.startswith("slugs"):
            if case.outcome == "refused":
                assert whole.codes(name) == {"article/slug"}, name
            else:
                assert (whole.public / f"articles/{case.outcome}/index.html").is_file(), case


@given(NAMES)
@example("NUL.:0")
def test_g14_a_slug_is_legal_and_stays_itself(text: str) -> None:
    for slug in (slugs.safe(text), slugs.slugify(text)):
        assert not slug or legal(slug)
        assert slugs.safe(slug) == slug
        assert "/" not in slug


@given(NAMES)
def test_g14_a_name_has_one_slug_in_every_case(text: str) -> None:
    """Regression: "ß" and "SS" had two slugs and one file."""
    slug = slugs.slugify(text)
    assert slugs.folded(slug) == slug
    assert slugs.slugify("Maß") == slugs.slugify("MASS")
