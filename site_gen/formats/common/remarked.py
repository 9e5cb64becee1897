"""The bytes of an output, with warnings."""

from site_gen.problems import Problem


class BytesWithWarnings(bytes):
    """What `render` returns instead of bytes if it left something out; `problems` says what."""

    problems: tuple[Problem, ...]

    def __new__(cls, data: bytes, problems: tuple[Problem, ...]) -> "BytesWithWarnings":

        made = super().__new__(cls, data)
        made.problems = problems
        return made
