"""Facts and cards from a few words, and the catalog they make."""

from datetime import UTC, datetime
from typing import Any

import pytest
from msgspec.structs import replace

from site_gen.arrange.catalog import Arranged, arrange
from site_gen.arrange.inputs import Inputs
from site_gen.basics import dates
from site_gen.model import Card, ContentPage, Facts, LocalLink, Note, SafeHtml
from site_gen.problems import layout
from site_gen.settings import Settings

FEBRUARY = datetime(2024, 2, 13, 9, tzinfo=UTC)
LATER = datetime(2024, 6, 1, tzinfo=UTC)


class Desk:
    """Gathers articles, notes, pages and files, and arranges them."""

    def __init__(self) -> None:
        self.settings = Settings()
        self.facts: list[Facts] = []
        self.notes: list[Note] = []
        self.pages: list[ContentPage] = []
        self.files: dict[str, str] = {}

    def set(self, **changes: Any) -> None:
        """Other settings from now on."""
        self.settings = replace(self.settings, **changes)

    def card(self, name: str = "a", **said: Any) -> Card:
        """A card; `date` decides its edition unless one is given."""
        when = said.pop("date", FEBRUARY)
        day = dates.day_in(when, self.settings.zone)
        known: dict[str, Any] = {
            "id": name,
            "slug": name,
            "permalink": f"/articles/{name}/",
            "link": f"/articles/{name}/",
            "guid": f"tag:{name}",
            "title": name.upper(),
            "date": when,
            "lastmod": when,
            "edition": dates.week_of(day, self.settings.first_weekday),
        }
        return Card(**{**known, **said})

    def add(self, name: str, links: tuple[LocalLink, ...] = (), **said: Any) -> Facts:
        """One article; fields of Facts (`published` ...) may stand among those of its card."""
        own = {k: said.pop(k) for k in list(said) if k in Facts.__struct_fields__ and k != "card"}
        card = self.card(name, **said)
        known = {"path": f"{name}.md", "detail": name, "body": name, "visible_from": card.date}
        facts = Facts(card=card, links=links, **{**known, **own})
        self.facts.append(facts)
        return facts

    def note(self, week: str, **said: Any) -> None:
        """The note of a week."""
        self.notes.append(Note(id=week, path=f"editions/{week}.md", **said))

    def page(self, slug: str, **said: Any) -> None:
        """A dateless page."""
        known: dict[str, Any] = {"title": slug, "body": SafeHtml("<p>x</p>")}
        self.pages.append(
            ContentPage(
                slug=slug, path=f"pages/{slug}.md", permalink=f"/{slug}/", **{**known, **said}
            )
        )

    def arranged(self, now: datetime = LATER, **asked: Any) -> Arranged:
        """All of it, arranged."""
        found = (self.facts, self.notes, self.pages, self.files, self.settings)
        return arrange(Inputs(*found, **asked), now)

    def good(self, now: datetime = LATER, **asked: Any) -> Any:
        """The catalog, without any problem."""
        found = self.arranged(now, **asked)
        assert found.problems == ()
        return found.catalog

    def said(self, now: datetime = LATER, **asked: Any) -> list[str]:
        """The problems as people read them."""
        return [layout(problem) for problem in self.arranged(now, **asked).problems]


@pytest.fixture
def desk() -> Desk:
    """An empty desk."""
    return Desk()
