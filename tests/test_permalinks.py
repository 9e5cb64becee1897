"""Where everything lives on the site."""

from datetime import date

import pytest

from site_gen import permalinks
from site_gen.settings import EditionSettings, Settings

DAY = date(2024, 2, 7)


def test_the_paths_of_the_contract() -> None:
    plain = Settings()
    assert permalinks.article("a", DAY, "2024-W06", plain) == "/articles/a/"
    assert permalinks.edition("2024-W06", DAY, plain) == "/editions/2024-W06/"
    assert permalinks.topic("ai") == "/topics/ai/"
    assert permalinks.provider("x.example") == "/providers/x.example/"
    assert permalinks.author("ann") == "/authors/ann/"
    assert permalinks.content_page("about") == "/about/"


def test_patterns_of_the_settings() -> None:
    settings = Settings(
        article_permalink="/{year}/{month}/{day}/{slug}/",
        editions=EditionSettings(permalink="/weeks/{id}/"),
    )
    assert permalinks.article("a", DAY, "2024-W06", settings) == "/2024/02/07/a/"
    assert permalinks.edition("2024-W06", DAY, settings) == "/weeks/2024-W06/"


@pytest.mark.parametrize(
    ("number", "total", "path"),
    [(1, 1, "/topics/ai/"), (3, 3, "/topics/ai/"), (1, 3, "/topics/ai/page/1/"),
     (2, 3, "/topics/ai/page/2/")],
)  # fmt: skip
def test_pages_of_a_list_are_numbered_from_the_oldest(number: int, total: int, path: str) -> None:
    assert permalinks.list_page("/topics/ai/", number, total) == path


def test_files_behind_permalinks() -> None:
    assert permalinks.output_path("/") == "index.html"
    assert permalinks.output_path("/topics/ai/") == "topics/ai/index.html"
    assert permalinks.output_path("/feed.xml") == "feed.xml"


def test_a_name_without_a_letter_still_has_a_slug() -> None:
    one, two = permalinks.slug_of_name("\U0001f916"), permalinks.slug_of_name("\U0001f4a5")
    assert one
    assert two
    assert one != two
    assert permalinks.slug_of_name("A & B") == "a-b"


@pytest.mark.parametrize(
    ("pattern", "number", "permalink", "folder"),
    [
        ("/issues/{number}.html", 12, "/issues/12.html", "/editions/twelve/"),
        ("/issues/{number}/", 12, "/issues/12/", "/issues/12/"),
        ("/issues/{number}/", None, "/editions/twelve/", "/editions/twelve/"),
        ("/{year}/{month}/{day}/", None, "/2024/02/07/", "/2024/02/07/"),
        ("/{year}/{week}-{slug}/", None, "/2024/06-the-12th/", "/2024/06-the-12th/"),
    ],
)
def test_addresses_of_editions(
    pattern: str, number: int | None, permalink: str, folder: str
) -> None:
    settings = Settings(editions=EditionSettings(permalink=pattern))
    found = permalinks.edition("twelve", DAY, settings, number=number, slug="the-12th")
    assert found == permalink
    assert permalinks.edition_folder("twelve", found) == folder
