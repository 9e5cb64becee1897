import pytest

from site_gen.formats.deploy.path_pattern import compile_pattern, fill_placeholders


@pytest.mark.parametrize(
    ("text", "path", "taken"),
    [
        ("/a", "/a", {}),
        ("/a/", "/a", {}),
        ("/a", "/a/", {}),
        ("/a", "/b", None),
        ("/a", "/A", None),
        ("/*", "/", {"splat": ""}),
        ("/*", "/a/b", {"splat": "a/b"}),
        ("/a/*", "/a", {"splat": ""}),
        ("/a/*", "/a/b/c", {"splat": "b/c"}),
        ("/a/*", "/ab", None),
        ("/:x/b/:y", "/1/b/2/", {"x": "1", "y": "2"}),
        ("/:x", "/1/2", None),
        ("/*.css", "/a/b.css", {}),
        ("/a.b", "/axb", None),
        ("/(a|b)", "/a", None),
    ],
)
def test_patterns(text: str, path: str, taken: dict[str, str] | None) -> None:
    assert compile_pattern(text).match(path) == taken


def test_what_was_taken_is_filled_in() -> None:
    assert (
        fill_placeholders("/new/:y/:x/:splat/:z", {"x": "1", "y": "2", "splat": "s/t"})
        == "/new/2/1/s/t/:z"
    )
