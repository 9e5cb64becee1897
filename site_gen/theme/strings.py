"""UI strings in the site's language: `strings/<language>.toml` along the chain, then English."""

import tomllib
from typing import NamedTuple

from site_gen.basics import day_words, digest, files
from site_gen.problems import Problem, SiteError
from site_gen.theme.chain import File, Layer, in_toml
from site_gen.theme.filters import locale

FALLBACK = "en"


class Strings(NamedTuple):
    """Strings by key ("stories.one"); `missing` were taken from English."""

    language: str
    texts: dict[str, str]
    missing: tuple[str, ...]
    digest: str

    def translate(self, key: str, **values: object) -> str:
        """The string for `key`, its plural form by `n`, with {placeholders} filled in.

        An unknown key is shown as it is, so that a page still says something.
        """
        text = self.texts.get(key)
        if "n" in values:
            form = plural(values["n"], self.language)
            text = self.texts.get(f"{key}.{form}") or self.texts.get(f"{key}.other") or text
        if text is None:
            return key
        for name, value in values.items():
            text = text.replace("{" + name + "}", str(value))
        return text

    def has(self, key: str) -> bool:
        """Whether there is a string for `key`, be it by plural forms alone."""
        return key in self.texts or f"{key}.other" in self.texts

    def names(self) -> set[str]:
        """What `t(...)` may be given: keys, of plural forms what they have in common."""
        forms = ("zero", "one", "two", "few", "many", "other")
        return {
            key.rpartition(".")[0] if key.rpartition(".")[2] in forms else key for key in self.texts
        }


def plural(number: object, language: str) -> str:
    """The CLDR plural category of a number; English and German need no library for it."""
    if day_words.has_words(language):
        return "one" if number == 1 else "other"
    return str(locale(language).plural_form(number))


def strings(layers: list[Layer], language: str) -> Strings:
    """The strings of a chain for a language tag such as `de-AT`."""
    base = language.split("-")[0]
    own = _merged(layers, (language, base))
    english = _merged(layers, (FALLBACK,))
    forms = {key.rpartition(".")[0] for key in own if "." in key}
    missing = tuple(
        key for key in sorted(english) if key not in own and key.rpartition(".")[0] not in forms
    )
    texts = {**english, **own}
    flat = [part for pair in sorted(texts.items()) for part in pair]
    return Strings(
        language, texts, missing if base != FALLBACK else (), digest.of_parts(language, *flat)
    )


def _merged(layers: list[Layer], languages: tuple[str, ...]) -> dict[str, str]:
    found: dict[str, str] = {}
    for layer in reversed(layers):
        for language in reversed(languages):
            file = layer.strings.get(f"{language}.toml")
            if file:
                found |= _read(file)
    return found


def _read(file: File) -> dict[str, str]:
    try:
        data = tomllib.loads(files.decode(file.data).text)
    except (tomllib.TOMLDecodeError, files.Unreadable) as error:
        problem = Problem(
            "theme/strings", f"is not TOML: {error}", in_toml(error, file.shown), "correct the file"
        )
        raise SiteError([problem]) from None
    return dict(_flat("", data))


def _flat(prefix: str, data: dict[str, object]) -> list[tuple[str, str]]:
    found = []
    for key, value in data.items():
        if isinstance(value, dict):
            found += _flat(f"{prefix}{key}.", value)
        else:
            found.append((prefix + key, str(value)))
    return found
