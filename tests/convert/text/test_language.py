"""Which language a text is in."""

import pytest

from site_gen.convert.text.language import guess_language, script_language, stop_share


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The boats came back to the quay in the evening, and they were all full of fish.", "en"),
        ("Die Boote kamen am Abend zu dem Kai zurück und sie waren alle voll mit Fisch.", "de"),
        ("Os barcos voltaram para o cais, e não havia mais peixe do que de costume.", "pt"),
        ("这艘船回到了港口，他们说渔获很好。", "zh-Hans"),
        ("船が港に戻ってきた。", "ja"),
        ("Xqz vrt plm", ""),
        ("", ""),
    ],
)
def test_language(text: str, language: str) -> None:
    assert guess_language(text) == language


def test_script_of_a_passage() -> None:
    assert script_language("They 這個經過 said") == "zh-Hant"
    assert script_language("They said") == ""


def test_prose_in_another_language_is_prose() -> None:
    german = "Die Boote kamen am Abend zu dem Kai und sie waren alle voll mit Fisch"
    assert stop_share(german, "en") > 0.3
