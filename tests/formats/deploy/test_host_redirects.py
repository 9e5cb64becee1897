import pytest

from site_gen.formats.deploy.host_redirects import Destination, parse_redirects

RULES = """\
# moved
/old/  /new/
/latest/ /editions/2024-W07/ 302   # newest
/a/* /b/:splat 301!
/by-id id=:id /articles/:id/ 303
/only id=7 /seven/
/app/* /app/index.html 200
/gone/* /404.html 404
/de/* /en/:splat 302 Language=de
/api/* https://api.example.org/:splat 200
/out https://example.org/x 308
/nothing
/bad /x 418
/old/ /never/
"""


@pytest.mark.parametrize(
    ("path", "query", "target", "status"),
    [
        ("/old/", "", "/new/", 301),
        ("/old", "", "/new/", 301),
        ("/latest/", "", "/editions/2024-W07/", 302),
        ("/a/x y/z", "", "/b/x%20y/z", 301),
        ("/by-id", "id=12&x=1", "/articles/12/", 303),
        ("/only", "id=7", "/seven/", 301),
        ("/app/some/where", "", "/app/index.html", 200),
        ("/gone/x", "", "/404.html", 404),
        ("/out", "", "https://example.org/x", 308),
    ],
)
def test_the_first_rule_that_matches_decides(
    path: str, query: str, target: str, status: int
) -> None:
    assert parse_redirects(RULES).find(path, query, forced=False) == Destination(target, status)


@pytest.mark.parametrize(
    ("path", "query"),
    [
        ("/by-id", ""),
        ("/only", "id=8"),
        ("/de/x", ""),
        ("/api/x", ""),
        ("/nothing", ""),
        ("/bad", ""),
        ("/", ""),
    ],
)
def test_rules_that_do_not_apply_are_passed_over(path: str, query: str) -> None:
    assert parse_redirects(RULES).find(path, query, forced=False) is None


def test_only_a_forced_rule_goes_before_a_file() -> None:
    rules = parse_redirects(RULES)
    assert rules.find("/a/x", "", forced=True) == Destination("/b/x", 301)
    assert rules.find("/old/", "", forced=True) is None


def test_ten_thousand_plain_rules_are_looked_up_not_walked() -> None:
    rules = parse_redirects("\n".join(f"/old/{n}/ /new/{n}/" for n in range(10_000)))
    assert not rules.general
    assert rules.find("/old/9999/", "", forced=False) == Destination("/new/9999/", 301)
