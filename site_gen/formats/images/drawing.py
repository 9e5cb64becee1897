"""Checks SVG drawings of content, which are published only if everything in them is inert.

A browser that opens an SVG runs its scripts as part of the site, so this is an allow list.
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
# Data of drawing programs, which browsers ignore.
_EDITOR_NAMESPACES = frozenset(
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


class _ActiveContent(Exception):  # noqa: N818 - no error of ours: a finding
    """A drawing would run or load something."""


def find_fault(data: bytes) -> str:
    """Why a drawing may not be published, as the predicate of a sentence; "" if it may."""
    reader = _SvgChecker()
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartElementHandler = reader.start
    parser.EndElementHandler = reader.end
    parser.CharacterDataHandler = reader.text
    parser.ProcessingInstructionHandler = reader.instruction
    parser.EntityDeclHandler = reader.entity
    try:
        parser.Parse(data, True)
    except _ActiveContent as found:
        return str(found)
    except (expat.ExpatError, ValueError, LookupError) as error:
        return f"is no drawing that we can read ({error})"
    return ""


class _SvgChecker:
    """Handles the events of the XML parser; raises _ActiveContent."""

    def __init__(self) -> None:
        self._style: list[str] | None = None
        self._depth = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        space, _, local = name.rpartition(" ")
        known = space in _EDITOR_NAMESPACES or (space == SVG and local in _ELEMENTS)
        if not known or (self._depth == 1 and (space, local) != (SVG, "svg")):
            raise _ActiveContent(f"holds <{local}>")
        if self._depth > MAX_DEPTH:
            raise _ActiveContent(f"is nested more than {MAX_DEPTH} deep")
        for key, value in attributes.items():
            _check_attribute(key, value)
        if local == "style":
            self._style = []

    def end(self, _name: str) -> None:
        self._depth -= 1
        if self._style is not None and _STYLE.search("".join(self._style)):
            raise _ActiveContent("holds a style that loads something")
        self._style = None

    def text(self, data: str) -> None:
        if self._style is not None:
            self._style.append(data)

    def instruction(self, target: str, _data: str) -> None:
        raise _ActiveContent(f"holds <?{target}?>")

    def entity(self, *_: Any) -> None:
        raise _ActiveContent("declares entities")


def _check_attribute(key: str, value: str) -> None:
    space, _, local = key.rpartition(" ")
    if space in _EDITOR_NAMESPACES:
        return
    lower = local.lower()
    if lower.startswith("on") or (space.endswith("/namespace") and lower == "base"):
        raise _ActiveContent(f"holds {local}=")
    if lower in ("href", "src") and not (value.strip().startswith("#") or _DATA.fullmatch(value)):
        raise _ActiveContent(f"leads elsewhere ({local}=)")
    if lower not in ("href", "src", "d", "points") and _STYLE.search(value):
        raise _ActiveContent(f"loads something ({local}=)")
