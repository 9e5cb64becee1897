"""Reads settings of an old site; errors name file and line."""

import json
import re
import tomllib
from typing import Any

from site_gen import frontmatter
from site_gen.problems import Problem, SiteError, Where

_AT = re.compile(r"\s*\(at line (\d+), column (\d+)\)|: line (\d+) column (\d+) \(char \d+\)")


def broken(name: str, why: str, line: int = 0) -> SiteError:
    """The problem to raise for a file of settings."""
    where = Where(name, line) if line else Where(name)
    message = f"the settings cannot be read: {why}"
    return SiteError([Problem("import/settings", message, where, "mend it, then import again")])


def table(text: str, name: str) -> dict[str, Any]:
    """Settings as TOML, JSON or YAML, by the name of the file. Raises SiteError."""
    try:
        if name.endswith(".toml"):
            return tomllib.loads(text)
        if name.endswith(".json"):
            found = json.loads(text)
            return found if isinstance(found, dict) else {}
    except RecursionError:
        raise broken(name, "they are nested too deep") from None
    except ValueError as error:
        at = _AT.search(str(error))
        line = int(at[1] or at[3]) if at else len(text.rstrip().split("\n"))  # at its end
        raise broken(name, _AT.sub("", str(error)), line) from None
    return yaml(text, name)


def yaml(text: str, name: str) -> dict[str, Any]:
    """Settings as YAML. Raises SiteError, whose words are about settings."""
    try:
        return dict(frontmatter.load(text, name))
    except SiteError as error:
        raise SiteError(
            problem._replace(
                code="import/settings",
                message=problem.message.replace("front matter", "file of settings"),
            )
            for problem in error.problems
        ) from None
