"""Shapes and colours that the demo's pictures share."""

from collections.abc import Iterable
from math import cos, radians, sin

PAPER, INK, RED, SAND, SKY, SEA, LEAF, SUN = (
    *("#f4efe4", "#23211e", "#a32a24", "#d9c7a3"),
    *("#b9d0d6", "#2f5d73", "#5d7f58", "#e6a93c"),
)


def ground(colour: str = PAPER) -> str:
    """The whole picture in one colour."""
    return box(0, 0, 1600, 900, colour)


def box(
    x: float, y: float, w: float, h: float, fill: str, *, round_: float = 0, line: str = ""
) -> str:
    """A rectangle; `line` is the colour of its outline."""
    stroke = f' stroke="{line}" stroke-width="6"' if line else ""
    return f'<rect x="{x}" y="{y}" width="{w}" height="{h}" rx="{round_}" fill="{fill}"{stroke}/>'


def disc(x: float, y: float, r: float, fill: str, *, line: str = "") -> str:
    """A circle."""
    stroke = f' stroke="{line}" stroke-width="6"' if line else ""
    return f'<circle cx="{x}" cy="{y}" r="{r}" fill="{fill}"{stroke}/>'


def shape(points: Iterable[tuple[float, float]], fill: str, *, line: str = "") -> str:
    """A polygon."""
    stroke = f' stroke="{line}" stroke-width="6" stroke-linejoin="round"' if line else ""
    listed = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
    return f'<polygon points="{listed}" fill="{fill}"{stroke}/>'


def stroke(points: Iterable[tuple[float, float]], colour: str, width: float = 6) -> str:
    """A line through points."""
    listed = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
    return (
        f'<polyline points="{listed}" fill="none" stroke="{colour}" stroke-width="{width}"'
        ' stroke-linecap="round" stroke-linejoin="round"/>'
    )


def path(d: str, fill: str = "none", *, line: str = "", width: float = 6) -> str:
    """A path in SVG's own words."""
    return f'<path d="{d}" fill="{fill}" stroke="{line or "none"}" stroke-width="{width}"/>'


def words(x: float, y: float, text: str, size: float, *, colour: str = INK, anchor: str = "start",
          weight: int = 400) -> str:  # fmt: skip
    """A line of text."""
    return (
        f'<text x="{x}" y="{y}" font-family="sans-serif" font-size="{size}" fill="{colour}"'
        f' text-anchor="{anchor}" font-weight="{weight}">{text}</text>'
    )


def star(x: float, y: float, r: float, fill: str) -> str:
    """A star of five points."""
    return shape(around(x, y, [r, r * 0.4] * 5, -90), fill)


def around(x: float, y: float, radii: list[float], start: float = 0) -> list[tuple[float, float]]:
    """Points round a centre, one for each radius, evenly spread from the angle `start`."""
    step = 360 / len(radii)
    angles = [radians(start + step * n) for n in range(len(radii))]
    return [(x + r * cos(a), y + r * sin(a)) for r, a in zip(radii, angles, strict=True)]
