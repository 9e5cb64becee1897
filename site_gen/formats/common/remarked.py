"""The bytes of an output of which something is to be said."""

from site_gen.problems import Problem


class Remarked(bytes):
    """What a format returns instead of plain bytes where a reader of it will miss something."""

    problems: tuple[Problem, ...]

    def __new__(cls, data: bytes, problems: tuple[Problem, ...]) -> "Remarked":
        """The bytes, with the problems: warnings, as the output is good."""
        made = super().__new__(cls, data)
        made.problems = problems
        return made
