"""MDX in a body (Astro, Docusaurus): texts that it imports come in, other imports go, pictures and
videos become Markdown, other components leave what they say."""

import re
from collections.abc import Mapping
from posixpath import dirname, join, normpath

from site_gen.importers.bodies import spans
from site_gen.importers.reading.folder import Folder

_IMPORT = re.compile(
    r"^import\s(?:[^;\n]|\n(?=[ \t}]))*?[\"'][^\"'\n]+[\"'];?[ \t]*$\n?", re.MULTILINE
)
_DEFAULT = re.compile(r"^import\s+(\w+)\s+from\s+[\"']([^\"'\n]+)[\"']", re.MULTILINE)
_EXPORT = re.compile(
    r"^export\s+(?:const|let|function|default)\s+(\w+)(?:[^\n]*[{\[(]\s*\n(?:(?!^export\s).)*?^[}\])]+|[^\n]*?);?"
    r"[ \t]*$\n?",
    re.MULTILINE | re.DOTALL,
)
_COMMENT = re.compile(r"\{/\*"), re.compile(r"\*/\}[ \t]*\n?")
_VALUE = r"(?:\"[^\"]*\"|'[^']*'|\{(?:[^{}]|\{[^{}]*\})*\})"
_COMPONENT = re.compile(
    rf"<(?P<name>[A-Z][\w.]*|img)(?P<inner>(?:\s+[\w:-]+(?:\s*=\s*{_VALUE})?|\s+\{{[^{{}}]*\}})*)"
    r"\s*(?P<end>/?)>",
)
_ATTRIBUTE = re.compile(rf"(?<![\w:-])([\w:-]++)\s*+=\s*+({_VALUE})")
_CLOSING = re.compile(r"</[A-Z][\w.]*>")
_EXPRESSION = re.compile(r"(?<![$\\{])\{[^{}\n]+\}")
_PICTURES = ("Image", "Picture", "Figure")
_VIDEOS = {"YouTube": "youtube", "Youtube": "youtube", "Vimeo": "vimeo", "Tweet": "tweet",
           "Gist": "gist"}  # fmt: skip
_WORDS = ("title", "heading", "label", "name", "text", "description", "caption", "summary")
_LINKS = ("href", "url", "link", "to")


class Texts:
    """What MDX files of a folder import of other texts: `<Jobs/>` is the text of `./_jobs.mdx`.

    `used` are the files that came in so.
    """

    def __init__(self, folder: Folder) -> None:
        self._folder = folder
        self.used: set[str] = set()

    def inlined(self, body: str, path: str, depth: int = 0) -> str:
        """The body of the file at `path` with those texts in the places of their components."""
        files = {
            name: normpath(join(dirname(path), target))
            for name, target in _DEFAULT.findall(body)
            if target.startswith(".") and target.endswith((".md", ".mdx"))
        }
        found = {name: self._folder.first(file) for name, file in files.items()}
        known = {name: file for name, file in found.items() if file and file != path}
        if not known or depth > DEEPEST:
            return body

        def text(component: re.Match[str]) -> str:
            file = known[component[1] or component[2]]
            self.used.add(file)
            own = _HEAD.sub("", self._folder.text(file), count=1)
            own = spans.seen_from(own, dirname(file), dirname(path))
            return self.inlined(own, file, depth + 1).strip("\n")

        names = "|".join(map(re.escape, known))
        made = re.sub(rf"<({names})\b[^<>]*/>|<({names})\b[^<>]*>\s*</\2>", text, body)
        return made if len(made) <= LARGEST else body


DEEPEST = 4
LARGEST = 5_000_000
"""Characters of a text with all that it imports: more is no text."""
_HEAD = re.compile(r"\A---\n.*?\n---\n", re.DOTALL)


def plain(body: str, odd: list[str]) -> str:
    """The body as Markdown; what only a program could show is added to `odd`."""
    files = dict(_DEFAULT.findall(body))

    def component(found: re.Match[str]) -> str:
        name, given = found["name"], _given(found["inner"], files)
        if name in _PICTURES and given.get("src"):
            return spans.picture(
                given["src"], given.get("alt", ""), caption=given.get("caption", "")
            )
        if name == "img":
            told = "{" in found[0] and given.get("src")
            return spans.picture(given["src"], given.get("alt", "")) if told else found[0]
        if name in _VIDEOS and (given.get("id") or given.get("url")):
            return spans.video(_VIDEOS[name], given.get("id") or given["url"])
        odd.append(f"<{name}>")
        return _said(given, alone=bool(found["end"]))

    def part(text: str) -> str:
        text = spans.enclosed(_IMPORT.sub("", text), _COMMENT, lambda *_: "")
        odd.extend(f"export {found[1]} (left out)" for found in _EXPORT.finditer(text))
        text = _CLOSING.sub("", _COMPONENT.sub(component, _EXPORT.sub("", text)))
        odd.extend(found[0][:40] for found in _EXPRESSION.finditer(text))
        return text

    made = spans.outside_code(body, part)
    odd[:] = dict.fromkeys(odd)
    return re.sub(r"\n{3,}", "\n\n", made)


def _given(inner: str, files: Mapping[str, str]) -> dict[str, str]:
    """Attributes as text; `{name}` of an imported file is its path, other programs are left out."""
    made: dict[str, str] = {}
    for key, value in _ATTRIBUTE.findall(inner):
        if value[0] == "{":
            name = value[1:-1].strip()
            path = files.get(name.removesuffix(".src"), "")
            quoted = re.fullmatch(r"([\"'`])([^\"'`]*)\1", name)
            value = quoted[2] if quoted else path
        else:
            value = value[1:-1]
        if value:
            made[key] = value
    return made


def _said(given: Mapping[str, str], *, alone: bool) -> str:
    """What a component's attributes say to a reader: its title, where it leads, its text."""
    words = [given[key] for key in _WORDS if key in given]
    link = next((given[key] for key in _LINKS if key in given), "")
    if link:
        first = words.pop(0) if words else link
        words.insert(0, f"[{first}]({link})")
    elif words and not alone:
        words[0] = f"**{words[0]}**"
    text = ": ".join(words)
    return f"{text}\n\n" if text and not alone else text
