"""Charts of the demo: numbers that the stories name, with their sources there."""

from collections.abc import Callable

from shapes import INK, PAPER, RED, SAND, SEA, box, disc, ground, stroke, words

DAY = (PAPER, INK, SEA, RED)
NIGHT = ("#171614", "#ece8df", "#7fb0c4", "#ff9d8a")
"""Ground, lines and words, bars, the one that is marked."""


def bars(
    title: str, rows: list[tuple[str, float, str]], marked: int, colours: tuple[str, ...] = DAY
) -> str:
    """Horizontal bars: (name, value, value as it is written); one of them is marked."""
    paper, ink, plain, chosen = colours
    most = max(value for _, value, _ in rows)
    high = 620 / len(rows)
    found = [ground(paper), words(100, 120, title, 46, weight=700, colour=ink)]
    for place, (name, value, written) in enumerate(rows):
        y = 190 + place * high
        wide = 940 * value / most
        found += [
            words(100, y + high * 0.5, name, 38, colour=ink),
            box(440, y + high * 0.14, wide, high * 0.55, chosen if place == marked else plain),
            words(460 + wide, y + high * 0.5, written, 36, weight=700, colour=ink),
        ]
    return "".join(found) + stroke([(440, 185), (440, 830)], ink, 4)


def context_windows() -> str:
    rows = [
        ("Gemini 1.0", 32, "32,000"),
        ("GPT-4 Turbo", 128, "128,000"),
        ("Claude 2.1", 200, "200,000"),
        ("Gemini 1.5", 1000, "1,000,000"),
    ]
    return bars("Tokens in one question", rows, 3)


def nvidia_day() -> str:
    rows = [("Friday", 3.49, "3.49"), ("Monday", 2.90, "2.90")]
    return bars("Market value, trillions of dollars", rows, 1)


def capital_spending(colours: tuple[str, ...] = DAY) -> str:
    rows = [
        ("Amazon", 100, "100"),
        ("Microsoft", 80, "80"),
        ("Alphabet", 75, "75"),
        ("Meta", 65, "65"),
    ]
    return bars("Planned for the year, billions of dollars", rows, 0, colours)


def four_hundred() -> str:
    """A dot for each victim; those of the first count are marked."""
    found = [ground(), words(100, 120, "100 on Sunday, about 400 on Wednesday", 46, weight=700)]
    for n in range(400):
        x, y = 118 + n % 40 * 35, 210 + n // 40 * 64
        found.append(disc(x, y, 13, RED if n < 100 else SAND, line=INK if n < 100 else ""))
    return "".join(found)


CHARTS: dict[str, Callable[[], str]] = {
    "context-windows": context_windows,
    "nvidia-day": nvidia_day,
    "capital-spending": capital_spending,
    "capital-spending-dark": lambda: capital_spending(NIGHT),
    "four-hundred": four_hundred,
}
