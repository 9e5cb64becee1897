"""Names of time zones as people write them. Ambiguous ones are resolved by context or refused."""

from datetime import UTC, datetime, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo

MINUTES = {
    "Z": 0, "UTC": 0, "GMT": 0, "UT": 0, "WET": 0, "WEST": 60, "CET": 60, "CEST": 120, "MEZ": 60,
    "MESZ": 120, "EET": 120, "EEST": 180, "MSK": 180, "МСК": 180, "TRT": 180, "IDT": 180,
    "EST": -300, "EDT": -240, "CDT": -300, "MST": -420, "MDT": -360, "PST": -480, "PDT": -420,
    "AKST": -540, "AKDT": -480, "HST": -600, "NST": -210, "NDT": -150, "ADT": -180,
    "BRT": -180, "ART": -180, "COT": -300, "PET": -300, "WAT": 60, "CAT": 120, "SAST": 120,
    "EAT": 180, "PKT": 300, "NPT": 345, "WIB": 420, "ICT": 420, "WITA": 480, "WIT": 540,
    "HKT": 480, "SGT": 480, "MYT": 480, "PHT": 480, "AWST": 480, "JST": 540, "KST": 540,
    "ACST": 570, "ACDT": 630, "AEST": 600, "AEDT": 660, "NZST": 720, "NZDT": 780,
}  # fmt: skip
"""Unambiguous names -> minutes ahead of UTC."""

PLACES = {
    "ET": "America/New_York",
    "CT": "America/Chicago",
    "MT": "America/Denver",
    "PT": "America/Los_Angeles",
}
"""Names of a region's time, in summer and winter."""

AMBIGUOUS = {
    "IST": {"en-IN": 330, "hi": 330, "mr": 330, "he": 120, "en-IE": 60, "ga": 60},
    "BST": {"en-GB": 60, "bn": 360},
    "CST": {"en-US": -360, "es-MX": -360, "zh": 480},
    "AST": {"en-CA": -240, "ar": 180},
}
"""Ambiguous names -> language -> minutes ahead of UTC. The site's own zone is tried first."""


class UnknownZoneError(ValueError):
    """A zone that is unknown or ambiguous. The message is written for editors."""


def find_zone(name: str, moment: datetime, site_zone: tzinfo, language: str = "") -> tzinfo:
    """The zone called `name` at the naive `moment`. Raises UnknownZoneError.

    site_zone  used if it has that name at that moment
    language   of the document, such as en-IN
    """
    word = name.upper()
    if "/" in name:
        return _place(name)
    if moment.replace(tzinfo=site_zone).tzname() == word:
        return site_zone
    if word in MINUTES:
        return timezone(timedelta(minutes=MINUTES[word]))
    if word in PLACES:
        return ZoneInfo(PLACES[word])
    if word in AMBIGUOUS:
        meant = AMBIGUOUS[word]
        minutes = meant.get(language, meant.get(language.partition("-")[0]))
        if minutes is None:
            raise UnknownZoneError(f'the zone "{word}" may mean several')
        return timezone(timedelta(minutes=minutes))
    raise UnknownZoneError(f'the zone "{word}" is not known')


def parse_offset(text: str) -> tzinfo:
    """`+1`, `+01`, `+0530`, `-05:00`. Raises UnknownZoneError."""
    digits = text[1:].replace(":", "")
    hours, minutes = (digits[:-2], digits[-2:]) if len(digits) > 2 else (digits, "0")
    ahead = timedelta(hours=int(hours), minutes=int(minutes))
    if ahead > timedelta(hours=14) or int(minutes) > 59:
        raise UnknownZoneError(f'the zone "{text}" is not known')
    return timezone(-ahead if text[0] in "-−" else ahead) if ahead else UTC


def _place(name: str) -> tzinfo:
    try:
        return ZoneInfo(name)
    except (ValueError, OSError, KeyError):
        raise UnknownZoneError(f'the zone "{name}" is not known') from None
