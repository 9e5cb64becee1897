"""Rules for lines with author and date, which move to front matter."""

import re
from datetime import UTC

from site_gen.basics import written_dates
from site_gen.convert.text.clock_lines import has_clock
from site_gen.convert.text.language import CJK
from site_gen.convert.text.lines import Page
from site_gen.convert.text.rules.rule import Rule

_WIRE = re.compile(
    r"\((additional )?(reporting|writing|compiled|editing|edited|translated|graphics?) "
    r"[^()]{2,300}\)\.?|\((with )?(agency |additional )?inputs? from [^()]{2,80}\)\.?"
    r"|\((with|source:?) ([A-Z]{2,6}|[A-Z][a-z]+)([/,& -]+[A-Z]\w+)*( inputs?)?\)\.?"
    r"|(reporting|editing|writing) by [^.]{2,300}\.?",
    re.I,
)
_BYLINE = re.compile(
    r"(by|von|por|par|di|od|door|av|af|от|автор:?|written by|posted by|reported by|story by|"
    r"words by|review by|text by|text von|texte de|interview by|interview von|published by|"
    r"auth?ors?:?|autore?:?|auteur:?|autorin:?)\s+\S.*",
    re.I,
)
_BY = frozenset(
    {
        "by", "von", "por", "par", "di", "od", "door", "av", "af", "от", "автор", "author", "autor",
        "autore", "auteur", "written by", "words by", "story by", "reported by", "text by",
        "interview by", "text von",
    }
)  # fmt: skip
NAME_ALONE = re.compile(
    r"[^\W\d_a-z][\w.'’-]*(?: (?:de|da|del|di|van|von|der|bin|al|la|le|[^\W\d_a-z][\w.'’-]*)){1,3}"
)
_NAME = re.compile(r"[^\W\d_][\w.'’-]*")
_CREDIT = re.compile(
    r"\((reuters|ap|afp|epa|getty( images)?|bloomberg|pti|ani|xinhua|dpa|shutterstock|"
    r"file( photo)?|(photo|image|picture)\b[^()]{0,80}|[^()]{2,60}/ ?(ap|afp|getty|reuters|epa|"
    r"bloomberg|shutterstock)\b[^()]{0,40})\)\.?$"
    r"|[/|] ?(afp|ap|reuters|getty( images)?|epa|bloomberg|shutterstock|alamy|rex|pa)\)?\.?$"
    r"|\b(photo|photograph|image|picture|video|foto|illustration|screenshot|photos)"
    r"( by| credits?| courtesy( of)?|:| via) ?[^.]{2,80}\.?$"
    r"|\b(getty images|shutterstock|associated press|ap photo|afp photo|file photo|handout photo)"
    r"([/ ,-][^.]{0,40})?\.?$|\bcredit: ?[^.]{2,80}\.?$|^(©|courtesy( of)?\b) ?[^.]{2,80}\.?$",
    re.I,
)
_SPEECH = re.compile(r"[\"”]\s*(,\s*)?(said|says|he|she|they|told)\b", re.I)


def wire_credit(page: Page, at: int) -> bool:
    """An agency's line that names who reported, wrote and edited."""
    line = page.lines[at]
    return line.words <= 60 and len(line.text) <= 400 and _WIRE.fullmatch(line.text) is not None


def byline(page: Page, at: int) -> bool:
    """`By` and a name, on one line or on two."""
    line = page.lines[at]
    if _names_below(page, at) or (at > 0 and _names_below(page, at - 1)):
        return True
    if not 2 <= line.words <= 16 or not _BYLINE.match(line.text) or line.ends:
        return False
    names = _NAME.findall(line.text)[1:]
    big = sum(name[0].isupper() for name in names)
    return bool(names) and big >= 0.6 * len(names)


def _names_below(page: Page, at: int) -> bool:
    """`By` alone, with only a name on the next line."""
    if page.lines[at].core not in _BY or at + 1 >= len(page.lines):
        return False
    below = page.lines[at + 1]
    return below.words <= 5 and NAME_ALONE.fullmatch(below.text) is not None


def dateline(page: Page, at: int) -> bool:
    """A date or a time, with few words around it."""
    line = page.lines[at]
    sentence_like = line.words > 8 or line.ends
    wordy = line.stop >= 0.3 and sentence_like and not CJK.search(line.text)
    if line.words > 16 or len(line.text) > 160 or wordy:
        return False
    tweet = "(@" in line.text and line.text[0] in "—–-"
    sentence = line.ends and line.words > 8
    dated = written_dates.find(line.text, UTC, page.language) is not None
    return not sentence and not tweet and (dated or has_clock(line.text))


def picture_credit(page: Page, at: int) -> bool:
    """A caption that ends with the picture's credit."""
    line = page.lines[at]
    if line.words > 80 or len(line.text) > 700 or _SPEECH.search(line.text):
        return False
    return _CREDIT.search(line.text) is not None


RULES = (
    Rule("wire_credit", "move", wire_credit),
    Rule("byline", "move", byline),
    Rule("dateline", "move", dateline, firm=False),
)
PICTURES = (Rule("picture_credit", "move", picture_credit),)
