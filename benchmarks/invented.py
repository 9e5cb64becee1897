"""Prose in words that mean nothing, with the mark-up and the punctuation of news."""

import random

FIRST = "bar cal dor fen gal hel jor kin lam mor nal ost per quin ral sel tam ul vor wen".split()
MIDDLE = "a an e er i in o or u un".split()
LAST = "bel den dor fel gan kor len mas nir pol ras sen tal tor ver vin zel".split()
SMALL = "a an and as at by for from in of on or that the to was with".split()
PLAIN = [first + middle + last for first in FIRST for middle in MIDDLE for last in LAST]
WORDS = PLAIN + [first + middle + last for first in FIRST[:6] for middle in "éö" for last in LAST]
TOPICS = [f"{PLAIN[n].capitalize()} {PLAIN[n + 9].capitalize()}" for n in range(0, 3340, 167)]
TOPICS += [PLAIN[n].capitalize() for n in range(50, 3390, 334)]
PROVIDERS = [(f"The {w.capitalize()} Post", f"{w}post.example") for w in PLAIN[7:3367:140]]


class Speaker:
    """Says things; what it says depends on its dice alone."""

    def __init__(self, dice: random.Random) -> None:
        self.dice = dice

    def words(self, least: int, most: int) -> list[str]:
        """Some words, one in three of them a small one."""
        dice = self.dice
        return [
            dice.choice(SMALL) if dice.random() < 0.35 else dice.choice(WORDS)
            for _ in range(dice.randint(least, most))
        ]

    def clause(self, least: int, most: int) -> str:
        """Words that begin with a capital."""
        said = " ".join(self.words(least, most))
        return said[0].upper() + said[1:]

    def sentence(self) -> str:
        """Without mark-up: a comma here, something quoted or a number there."""
        said = self.clause(6, 12)
        kind = self.dice.random()
        if kind < 0.5:
            said += f", {' '.join(self.words(4, 10))}"
        elif kind < 0.6:
            said += f": “{self.clause(4, 9)},” {self.dice.choice(WORDS).capitalize()} said"
        elif kind < 0.7:
            said += f" – {self.dice.randint(2, 99)}% more than in {self.dice.randint(1990, 2025)}"
        elif kind < 0.75:
            said += f", and it wasn't the {self.dice.choice(WORDS)}'s first"
        return f"{said}."

    def marked(self) -> str:
        """A sentence in which, now and then, something is linked or stressed."""
        said = self.sentence()[:-1]
        kind, dice = self.dice.random(), self.dice
        if kind < 0.1:
            domain = dice.choice(PROVIDERS)[1]
            said += (
                f", says [{' '.join(self.words(2, 4))}](https://{domain}/{dice.randint(1, 999)})"
            )
        elif kind < 0.2:
            said += f", *{dice.choice(WORDS)}* at that"
        elif kind < 0.28:
            said += f", with **{dice.randint(2, 99)} of {dice.randint(100, 400)}** in favour"
        elif kind < 0.31:
            said += f", filed as `{dice.choice(WORDS)}-{dice.randint(1, 99)}`"
        return f"{said}."

    def title(self) -> str:
        """A headline, some with quotation marks that YAML has to escape."""
        said = self.clause(7, 13)
        kind = self.dice.random()
        if kind < 0.2:
            return f"‘{self.clause(1, 2)}’: {said}"
        return f'{said}, "{self.dice.choice(WORDS)}" says' if kind < 0.3 else said

    def excerpt(self) -> str:
        """One or two sentences."""
        return " ".join(self.sentence() for _ in range(self.dice.randint(1, 2)))

    def paragraph(self) -> str:
        """Two to four sentences on one line."""
        return " ".join(self.marked() for _ in range(self.dice.randint(2, 4)))

    def heading(self) -> str:
        """A heading of the second level."""
        return f"## {self.clause(3, 6)}"

    def listing(self) -> str:
        """Three to five points or steps."""
        mark = self.dice.choice(("-", "1."))
        return "\n".join(f"{mark} {self.sentence()}" for _ in range(self.dice.randint(3, 5)))

    def quotation(self) -> str:
        """A block quotation and who said it."""
        return f"> {self.sentence()}\n>\n> — {self.clause(2, 2)}"

    def table(self) -> str:
        """Three to six rows of a name and two numbers."""
        rows = [
            f"| {self.dice.choice(WORDS).capitalize()} | {self.dice.randint(1, 900)} | "
            f"{self.dice.randint(1, 99)}% |"
            for _ in range(self.dice.randint(3, 6))
        ]
        return "\n".join(("| Name | Count | Change |", "| --- | ---: | ---: |", *rows))
