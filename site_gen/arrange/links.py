"""References to files of `content/`: the address on the site, or a problem."""

import re
from bisect import bisect
from collections.abc import Collection, Iterable, Mapping, Set
from dataclasses import dataclass, field
from functools import cached_property
from posixpath import basename, dirname, splitext
from typing import NamedTuple
from urllib.parse import quote

from msgspec.structs import replace

from site_gen.arrange import gone, image_sizes
from site_gen.basics import anchors, slugs
from site_gen.model import ACTIVE_DRAWING, ImageFormat, LocalLink, Picture, PictureFile
from site_gen.problems import Problem, Where, did_you_mean, shown

ACTIVE = frozenset(
    {".html", ".htm", ".xhtml", ".xht", ".shtml", ".mhtml", ".xml", ".xsl", ".js", ".mjs", ".swf",
     ".php", ".cgi", ".wasm"}
)  # fmt: skip
"""Attachments that a browser would run as part of our site."""

STATIC = "put it into content/static/ and link to it by its path"

HINTS = 5
"""Links to nowhere of one file for which a near name is looked for: it may have thousands."""
NEAR = 100
"""Names before and after a wrong one, in order, among which the nearest is looked for."""


@dataclass(frozen=True)
class Targets:
    """The targets that references can have.

    pages      content path of a Markdown file -> permalink; "" = not shown in this build
    anchors    content path of a Markdown file -> its anchors, by the names they go by
    files      content path of any other file -> digest of its bytes
    measured   content path of a picture -> what it is
    formats    of the smaller copies to be made
    gone       content paths of texts that were taken back: a notice has no headings
    private    content paths of files that are not published because of their names
    hidden     addresses of texts that say that they are not to be shown, as `gone.plain` has them
    base       the base URL, without a slash behind it; `root` is its path
    shut       content path of a text that is not shown -> its permalink
    """

    pages: Mapping[str, str]
    files: Mapping[str, str]
    measured: Mapping[str, PictureFile] = field(default_factory=dict)
    formats: tuple[ImageFormat, ...] = ()
    anchors: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    gone: Collection[str] = ()
    private: Collection[str] = ()
    hidden: Set[str] = frozenset()
    root: str = ""
    base: str = ""
    shut: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def _names(self) -> list[str]:
        return sorted((*self.files, *self.pages))

    @cached_property
    def _places(self) -> dict[str, str]:
        """Of each file name the first path that ends in it."""
        return {basename(name): name for name in reversed(self._names)}

    def is_hidden(self, target: str) -> bool:
        """Whether a path from the top of the site is the address of a text that is not shown."""
        return bool(self.hidden) and gone.plain(target.removeprefix(self.root)) in self.hidden

    def named(self, link: LocalLink) -> dict[str, str]:
        """Each way to write where a link to a hidden text leads, which is nowhere."""
        permalink = self.shut.get(link.target, link.target.removeprefix(self.root))
        names = (link.target, link.href, permalink, self.base + permalink)
        return {name: "" for name in names if name}

    def hint(self, target: str) -> str:
        """` Did you mean "x"?`: a file of that name elsewhere, else one of nearly that path."""
        moved = self._places.get(basename(target))
        at = bisect(self._names, target)
        near = [moved] if moved else self._names[max(0, at - NEAR) : at + NEAR]
        return did_you_mean(target, near) or (f' Did you mean "{moved}"?' if moved else "")


class Resolved(NamedTuple):
    """(target, URL) of each reference, the problems of some, and the pictures among them."""

    pairs: tuple[tuple[str, str], ...]
    problems: list[Problem]
    pictures: tuple[Picture, ...] = ()


def published_path(target: str, fingerprint: str) -> str:
    """`/assets/<name>.<fingerprint>.<ext>` of a content file."""
    stem, extension = splitext(basename(target))
    return f"/assets/{slugs.safe(stem) or 'file'}.{fingerprint[:10]}{extension.lower()}"


def resolve(links: tuple[LocalLink, ...], path: str, targets: Targets) -> Resolved:
    """Resolve the references of the content file `path`."""
    pairs: dict[str, str] = {}
    problems = []
    lost = 0
    for link in links:
        target = written = link.target
        if link.named:
            pairs |= targets.named(link) if targets.is_hidden(target) else {}
            continue
        if target.startswith("/"):
            inside = image_sizes.in_content(target)
            if not any(
                inside in known for known in (targets.pages, targets.files, targets.private)
            ):
                pairs[target] = quote(target)  # see site_paths.py, too
                pairs |= targets.named(link) if targets.is_hidden(target) else {}
                continue
            target = inside
            link = replace(link, target=inside)
            pairs[f"/{inside}"] = targets.pages.get(inside, "") or _copy(inside, targets)
        if target in targets.pages and not link.image:
            pairs[target] = targets.pages[target]
            if not pairs[target]:
                pairs |= targets.named(link)
                problems.append(_unpublished(link, path))
            elif link.fragment:
                pairs[f"{written}#{link.fragment}"] = _anchored(link, path, targets, problems)
        elif target in targets.files and not _active(target, targets):
            pairs[target] = published_path(target, targets.files[target])
        elif target in targets.private:
            pairs[target] = ""
            problems.append(_unpublished(link, path, "take the link out, or see file/private"))
        else:
            lost += 1
            problems.append(_nowhere(link, path, targets, hint=lost <= HINTS))
    problems += image_sizes.problems(links, path, targets.measured)
    ordered = tuple(sorted(pairs.items()))
    return Resolved(ordered, problems, measured(ordered, targets))


def _copy(target: str, targets: Targets) -> str:
    """Where a file of `content/` is published; "" for a text that is not shown."""
    return published_path(target, targets.files[target]) if target in targets.files else ""


def _anchored(link: LocalLink, path: str, targets: Targets, problems: list[Problem]) -> str:
    """The address of a heading in another text; without the heading that of the text."""
    url = targets.pages[link.target]
    if link.target in targets.gone:
        return url
    known = targets.anchors.get(link.target, {})
    if name := anchors.find_id(known, link.fragment):
        return f"{url}#{name}"
    near = did_you_mean(link.fragment, known)
    problems.append(
        Problem(
            "link/anchor",
            f"{shown(link.target)} has no heading {shown('#' + link.fragment)}.{near}",
            Where(f"content/{path}", link.line),
            "correct what stands after the #; until then the link leads to the top",
            "warning",
        )
    )
    return url


def measured(pairs: Iterable[tuple[str, str]], targets: Targets) -> tuple[Picture, ...]:
    """Of (content path, URL) the pictures whose size is known, as published."""
    return tuple(
        image_sizes.published(
            target, url, targets.files[target], targets.measured[target], targets.formats
        )
        for target, url in pairs
        if url and target in targets.measured and targets.measured[target].width
    )


def pictures_of(references: Iterable[LocalLink]) -> set[str]:
    """Content paths of the pictures among them."""
    return {image_sizes.in_content(x.target) for x in references if x.image or is_drawing(x.target)}


def is_drawing(target: str) -> bool:
    """Whether it is a drawing, which a browser may run."""
    return target.lower().endswith((".svg", ".svgz"))


def _active(target: str, targets: Targets) -> bool:
    if not is_drawing(target):
        return splitext(target)[1].lower() in ACTIVE
    found = targets.measured.get(target)
    return found is None or bool(found.code)  # one that could not be looked into as well


PUBLISH = "publish the article, or remove the link"


def _unpublished(link: LocalLink, path: str, cure: str = PUBLISH) -> Problem:
    return Problem(
        "link/unpublished",
        f"{shown(link.target)} is not published; the link is left out",
        Where(f"content/{path}", link.line),
        cure,
        "note",
    )


def _nowhere(link: LocalLink, path: str, targets: Targets, *, hint: bool) -> Problem:
    where = Where(f"content/{path}", link.line)
    if link.target in targets.files:
        found = targets.measured.get(link.target)
        drawn = found is not None and found.code == ACTIVE_DRAWING
        why = f"{found.fault}, and " if found and drawn else ""
        return Problem(
            "link/active",
            f"{shown(link.target)} {why}would run as part of the site",
            where,
            found.cure if found and drawn else STATIC,
        )
    what = "picture" if link.image else "link"
    if cure := _meant(link.target.removeprefix(f"{dirname(path)}/")):
        return Problem(
            "link/nowhere",
            f"the {what} {shown(link.target)} leads to no file",
            where,
            cure,
            "warning",
        )
    if link.target in targets.pages:
        message = f"{shown(link.target)} is a text, and no picture"
        cure = "take away the ! before it for a link, or name a picture"
        return Problem("link/nowhere", message, where, cure)
    near = targets.hint(link.target) if hint else ""
    return Problem(
        "link/nowhere",
        f"the {what} {shown(link.target)} leads to no file.{near}",
        where,
        "correct the path, from this file, or add the file",
        "warning" if is_text(link.target) and not link.image else "error",
    )


_HOST = re.compile(r"www\.|[\w-]+\.(?:com|org|net|info|eu|de|fr|uk|io|dev|gov|edu)(?:/|$)")


def _meant(target: str) -> str:
    """The cure for an address without its scheme, "" for a path."""
    if "@" in target and "/" not in target:
        return f"write mailto:{target} for a mail address"
    return f"write https://{target} for an address" if _HOST.match(target) else ""


def is_text(target: str) -> bool:
    """Whether it would be an article: one that was deleted must not keep the old site online."""
    return target.lower().endswith((".md", ".markdown"))
