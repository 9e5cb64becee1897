"""Rendered bytes with warnings."""

from site_gen.problems import Problem


class Remarked(bytes):
    """What a format returns instead of plain bytes if readers will miss something."""

    problems: tuple[Problem, ...]

    def __new__(cls, data: bytes, problems: tuple[Problem, ...]) -> "Remarked":
        """The bytes, with the problems: warnings, as the output is good."""
        made = super().__new__(cls, data)
        made.problems = problems
        return made
