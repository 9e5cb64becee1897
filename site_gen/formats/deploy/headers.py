"""`_headers`, as Netlify and Cloudflare Pages read it: what a browser may do, and may keep.

Netlify lets the last rule win, Cloudflare joins the values of all that match. So the general
rule comes first and is the loosest, and of the other rules no two that name the same header
match one path.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from urllib.parse import quote

from site_gen import permalinks
from site_gen.basics import digest
from site_gen.formats.common.newsletter import form_target
from site_gen.formats.common.views import view
from site_gen.formats.deploy.own_files import HEADERS as FILE
from site_gen.formats.deploy.own_files import own_text, own_view
from site_gen.formats.feeds import channels, opml
from site_gen.model import Catalog, Page
from site_gen.settings import Settings

REVALIDATE = "public, max-age=0, must-revalidate"
IMMUTABLE = "public, max-age=31536000, immutable"
PERMISSIONS = (
    "accelerometer=(), autoplay=(), browsing-topics=(), camera=(), display-capture=(), "
    "geolocation=(), gyroscope=(), microphone=(), midi=(), payment=(), usb=()"
)
ASSETS = "assets"
SEARCH = permalinks.SEARCH.strip("/")
EMAIL = "email.html"
Rule = tuple[str, tuple[tuple[str, str], ...]]
"""A path pattern and its headers."""


def taken(catalog: Catalog) -> str:
    """Digest of all that the plan takes from the catalog."""
    own = [view.digest for view in own_view(catalog, FILE).values()]
    return digest.of_value((_editions(catalog), opml.has_sources(catalog), own))


def plan(
    catalog: Catalog, theme: object, settings: Settings, pages: Sequence[Page]
) -> Iterator[Page]:
    """`_headers`, from settings and planned paths alone: no rendered byte is looked at."""
    patterns = _patterns(pages, _editions(catalog))
    if "search" in settings.formats:
        patterns = sorted({*patterns, f"/{SEARCH}/*"})
    rules = [
        _everywhere(settings),
        *_merged(_places(settings, pages, patterns), _types(settings, catalog, pages)),
    ]
    yield Page(
        path=FILE,
        format="headers",
        kind="headers",
        views={"rules": view(tuple(rules)), **own_view(catalog, FILE)},
        origin="the headers",
    )


def render(page: Page, theme: object) -> bytes:
    """The rules, a blank line between them; the site's own after ours, as the last one wins."""
    blocks = (
        "\n".join([pattern, *(f"  {name}: {value}" for name, value in headers)])
        for pattern, headers in page.views["rules"].value
    )
    own = own_text(page)
    return ("\n\n".join(blocks) + "\n").encode() + (b"\n" + own if own else b"")


def policy(settings: Settings, *, script: bool = False, email: bool = False) -> str:
    """A Content-Security-Policy: nothing but our own styles and pictures, and https ones.

    `script` allows a script of our own to ask our own host, as that of the search does;
    `email` the literal styles that mail programs need.
    """
    remote = " https:" if settings.images.remote == "link" else ""
    parts = ["default-src 'none'", f"img-src 'self'{remote}"]
    parts.append("style-src 'self' 'unsafe-inline'" if email else "style-src 'self'")
    parts += ["script-src 'self'", "connect-src 'self'"] if script else ["script-src 'none'"]
    parts += ["font-src 'self'", "manifest-src 'self'"]
    parts.append(" ".join(filter(None, ("form-action 'self'", form_target(settings)))))
    parts += ["base-uri 'none'", "frame-ancestors 'none'"]
    return "; ".join(parts)


def _everywhere(settings: Settings) -> Rule:
    """The loosest policy is the general one: a joined header is only ever stricter."""
    script = "search" in settings.formats or settings.offline
    loosest = policy(settings, script=script, email=_sends(settings))
    headers = [
        ("Content-Security-Policy", loosest),
        ("X-Content-Type-Options", "nosniff"),
        ("X-Frame-Options", "DENY"),
        ("Referrer-Policy", "strict-origin-when-cross-origin"),
        ("Permissions-Policy", PERMISSIONS),
    ]
    headers += [("X-Robots-Tag", "noindex")] if settings.noindex else []
    return f"{settings.root}/*", tuple(headers)


def _merged(*groups: Iterator[Rule]) -> list[Rule]:
    """One rule for each pattern."""
    found: dict[str, tuple[tuple[str, str], ...]] = {}
    for group in groups:
        for pattern, headers in group:
            found[pattern] = found.get(pattern, ()) + headers
    return list(found.items())


def _places(settings: Settings, pages: Sequence[Page], patterns: list[str]) -> Iterator[Rule]:
    """Policy and caching: one rule for each first part of a path, more where e-mails are."""
    assets = [page for page in pages if page.path.startswith(f"{ASSETS}/")]
    if assets:
        # a file of content/static/assets/ keeps its name when it changes
        fixed = any(page.origin.startswith(f"content/static/{ASSETS}/") for page in assets)
        yield (
            f"{settings.root}/{ASSETS}/*",
            (("Cache-Control", REVALIDATE if fixed else IMMUTABLE),),
        )
    for pattern in patterns:
        caching = ("Cache-Control", REVALIDATE)
        if pattern.endswith(("/", "/*", ".html")):
            script = pattern == f"/{SEARCH}/*" or (settings.offline and pattern == "/")
            allowed = policy(settings, script=script, email=pattern.endswith(f"/{EMAIL}"))
            yield settings.root + pattern, (("Content-Security-Policy", allowed), caching)
        else:
            yield settings.root + pattern, (caching,)


def _editions(catalog: Catalog) -> list[str]:
    return [edition.ref.id for edition in catalog.editions]


def _patterns(pages: Iterable[Page], weeks: list[str]) -> list[str]:
    """Patterns that cover every planned page, and of which no two match one path.

    An e-book needs none; hashed assets and the files for the host have their own.
    """
    others, letter = (f"{ASSETS}/", "_"), f"/{EMAIL}"
    paths = [p.path for p in pages if p.kind != "epub" and not p.path.startswith(others)]
    of_edition = re.compile("|".join(map(re.escape, weeks)) or "(?!)")
    apart = {_first(path) for path in paths if path.endswith(letter)}
    folders = {path.partition("/")[0] for path in paths if "/" in path} - apart
    own = [path for path in paths if "/" not in path or (apart and _first(path) in apart)]
    found = {_shape(path, of_edition) for path in own}
    return sorted(found | {f"/{quote(first)}/*" for first in folders})


def _shape(path: str, of_edition: re.Pattern[str]) -> str:
    """The address of a path, with `:edition` for the part that holds an edition's id."""
    parts = path.removesuffix("index.html").split("/")
    named = (":edition" if of_edition.search(part) else quote(part) for part in parts)
    return "/" + "/".join(named)


def _types(settings: Settings, catalog: Catalog, pages: Sequence[Page]) -> Iterator[Rule]:
    """What a host would serve as plain XML or JSON: the feeds, and the lists of them."""
    found = {_feed_pattern(page.path) for page in pages if page.kind == "feed"}
    if found and "opml" in settings.formats:
        found.add(f"/{opml.PATH}")
    if "opml" in settings.formats and opml.has_sources(catalog):
        found.add(f"/{opml.SOURCES}")
    types = {channels.file_of(name, settings): kind for name, kind, _ in channels.KINDS}
    for pattern in sorted(found):
        kind = types.get(pattern.rpartition("/")[2], "text/x-opml")
        yield settings.root + pattern, (("Content-Type", f"{kind}; charset=utf-8"),)


def _feed_pattern(path: str) -> str:
    """`/topics/:name/feed.xml` for every topic; a feed nearer the root as it is."""
    first, *between, name = path.split("/") if "/" in path else ("", path)
    middle = "/:name" if between else ""
    return f"/{quote(first)}{middle}/{name}".replace("//", "/")


def _first(path: str) -> str:
    return path[: path.find("/")] if "/" in path else ""


def _sends(settings: Settings) -> bool:
    return "email" in settings.formats
