"""Language tags (BCP 47), and what people write instead of them."""

import re

_TAG = re.compile(r"(?:[a-zA-Z]{2,3}|[iIxX])(?:-[a-zA-Z0-9]{1,8}){0,8}")
_NAMES = {
    "arabic": "ar", "chinese": "zh", "czech": "cs", "danish": "da", "deutsch": "de", "dutch": "nl",
    "english": "en", "español": "es", "finnish": "fi", "french": "fr", "français": "fr",
    "german": "de", "greek": "el", "hebrew": "he", "hindi": "hi", "hungarian": "hu",
    "italian": "it", "italiano": "it", "japanese": "ja", "korean": "ko", "norwegian": "no",
    "polish": "pl", "portuguese": "pt", "romanian": "ro", "russian": "ru", "spanish": "es",
    "svenska": "sv", "swedish": "sv", "turkish": "tr", "ukrainian": "uk", "vietnamese": "vi",
}  # fmt: skip


def is_tag(text: str) -> bool:
    """Whether the text has the form of a tag: a code of two or three letters and its subtags."""
    return _TAG.fullmatch(text) is not None


def cure(text: str) -> str:
    """What to write instead of an invalid tag."""
    known = _NAMES.get(text.strip().lower())
    if known:
        return f"write {known}"
    plain = text.strip().replace("_", "-")
    return f"write {plain}" if is_tag(plain) else "write a tag such as en or zh-Hans"
