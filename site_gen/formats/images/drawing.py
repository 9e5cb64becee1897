"""Drawings (SVG) of content: published as they are where everything in them is known to be inert.

A browser that opens one runs what stands in it as part of the site, so this is an allow list.
"""

import re
from typing import Any
from xml.parsers import expat

SVG = "http://www.w3.org/2000/svg"
XLINK = "http://www.w3.org/1999/xlink"
MAX_DEPTH = 200

_ELEMENTS = frozenset(
    "svg g defs symbol use title desc metadata path rect circle ellipse line polyline polygon text"
    " tspan textPath image linearGradient radialGradient stop pattern clipPath mask marker switch"
    " style filter feBlend feColorMatrix feComponentTransfer feComposite feConvolveMatrix"
    " feDiffuseLighting feDisplacementMap feDistantLight feDropShadow feFlood feFuncA feFuncB"
    " feFuncG feFuncR feGaussianBlur feMerge feMergeNode feMorphology feOffset fePointLight"
    " feSpecularLighting feSpotLight feTile feTurbulence view".split()
)
# What drawing programs note for themselves; a browser makes nothing of it.
_NOTES = frozenset(
    [
        "http://www.inkscape.org/namespaces/inkscape",
        "http://sodipodi.sourceforge.net/DTD/sodipodi-0.dtd",
        "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
        "http://creativecommons.org/ns#",
        "http://purl.org/dc/elements/1.1/",
    ]
)
_DATA = re.compile(r"data:image/(?:png|jpe?g|gif|webp|avif);base64,[A-Za-z0-9+/=\s]*", re.ASCII)
_STYLE = re.compile(r"@|\\|</|expression|url\((?!\s*['\"]?#)|image-set|src\(", re.IGNORECASE)


class _Active(Exception):  # noqa: N818 - no error of ours: a finding
    """What would run or load something."""


def fault(data: bytes) -> str:
    """What keeps a drawing from being published, in words; "" for nothing."""
    reader = _Reader()
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartElementHandler = reader.start
    parser.EndElementHandler = reader.end
    parser.CharacterDataHandler = reader.text
    parser.ProcessingInstructionHandler = reader.instruction
    parser.EntityDeclHandler = reader.entity
    try:
        parser.Parse(data, True)
    except _Active as found:
        return str(found)
    except (expat.ExpatError, ValueError, LookupError) as error:
        return f"is no drawing that we can read ({error})"
    return ""


class _Reader:
    """One walk over the elements of a drawing."""

    def __init__(self) -> None:
        self._style: list[str] | None = None
        self._depth = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        space, _, local = name.rpartition(" ")
        known = space in _NOTES or (space == SVG and local in _ELEMENTS)
        if not known or (self._depth == 1 and (space, local) != (SVG, "svg")):
            raise _Active(f"holds <{local}>")
        if self._depth > MAX_DEPTH:
            raise _Active(f"is nested more than {MAX_DEPTH} deep")
        for key, value in attributes.items():
            _check(key, value)
        if local == "style":
            self._style = []

    def end(self, _name: str) -> None:
        self._depth -= 1
        if self._style is not None and _STYLE.search("".join(self._style)):
            raise _Active("holds a style that loads something")
        self._style = None

    def text(self, data: str) -> None:
        if self._style is not None:
            self._style.append(data)

    def instruction(self, target: str, _data: str) -> None:
        raise _Active(f"holds <?{target}?>")

    def entity(self, *_: Any) -> None:
        raise _Active("declares entities")


def _check(key: str, value: str) -> None:
    space, _, local = key.rpartition(" ")
    if space in _NOTES:
        return
    lower = local.lower()
    if lower.startswith("on") or (space.endswith("/namespace") and lower == "base"):
        raise _Active(f"holds {local}=")
    if lower in ("href", "src") and not (value.strip().startswith("#") or _DATA.fullmatch(value)):
        raise _Active(f"leads elsewhere ({local}=)")
    if lower not in ("href", "src", "d", "points") and _STYLE.search(value):
        raise _Active(f"loads something ({local}=)")
