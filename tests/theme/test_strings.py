"""UI strings: language, fallback, plurals."""

from typing import Any

ENGLISH = 'home = "Home"\nback = "Back"\n[stories]\none = "{n} story"\nother = "{n} stories"\n'


def test_english_by_number(desk: Any) -> None:
    desk.put("own", "strings/en.toml", ENGLISH)
    texts = desk.load().strings
    assert [texts.translate("stories", n=n) for n in (0, 1, 2)] == [
        "0 stories", "1 story", "2 stories",
    ]  # fmt: skip
    assert texts.translate("home") == "Home"
    assert texts.translate("nothing.such") == "nothing.such"


def test_a_language_its_base_then_english(desk: Any) -> None:
    desk.put("own", "strings/en.toml", ENGLISH)
    desk.put("own", "strings/de.toml", 'home = "Start"\nback = "Zurück"\n')
    desk.put("own", "strings/de-AT.toml", 'home = "Beginn"\n')
    texts = desk.load(language="de-AT").strings
    assert [texts.translate(key) for key in ("home", "back")] == ["Beginn", "Zurück"]
    assert texts.translate("stories", n=2) == "2 stories"
    assert set(texts.missing) == {"stories.one", "stories.other"}


def test_plural_forms_of_other_languages(desk: Any) -> None:
    desk.put("own", "strings/en.toml", ENGLISH)
    desk.put("own", "strings/pl.toml", '[stories]\none = "{n} tekst"\nfew = "{n} teksty"\n'
             'many = "{n} tekstów"\n')  # fmt: skip
    texts = desk.load(language="pl").strings
    assert [texts.translate("stories", n=n) for n in (1, 3, 5)] == [
        "1 tekst", "3 teksty", "5 tekstów",
    ]  # fmt: skip


def test_the_nearest_layer_wins_by_key(desk: Any) -> None:
    desk.put("own", "strings/en.toml", ENGLISH)
    desk.put("overrides", "strings/en.toml", 'home = "Front page"\n')
    texts = desk.load().strings
    assert (texts.translate("home"), texts.translate("back")) == ("Front page", "Back")


def test_values_are_put_in_as_text(desk: Any) -> None:
    desk.put("own", "strings/en.toml", 'by = "By {name}"\n')
    assert desk.render("{{ t('by', name=x) }}", x="<b>{n}") == "By &lt;b&gt;{n}"


def test_a_file_that_is_no_toml(desk: Any) -> None:
    desk.put("own", "strings/en.toml", "x = \n")
    (problem,) = desk.refused()
    assert problem.startswith("error[theme/strings] is not TOML")
    assert "--> themes/own/strings/en.toml" in problem
