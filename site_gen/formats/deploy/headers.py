"""`_headers` for Netlify and Cloudflare Pages: security policy and caching.

If several rules match, Netlify uses the last, and Cloudflare joins the values of all. So the
general rule comes first and is the loosest, and no two of the other rules set the same header for
one path.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from urllib.parse import quote

from site_gen import permalinks
from site_gen.basics import digest
from site_gen.formats.common.newsletter import form_origin
from site_gen.formats.common.views import view
from site_gen.formats.deploy.own_files import HEADERS as FILE
from site_gen.formats.deploy.own_files import own_file_text, own_file_view
from site_gen.formats.feeds import channels, opml
from site_gen.model import Catalog, Page
from site_gen.settings import Settings

REVALIDATE = "public, max-age=0, must-revalidate"
IMMUTABLE = "public, max-age=31536000, immutable"
PERMISSIONS_POLICY = (
    "accelerometer=(), autoplay=(), browsing-topics=(), camera=(), display-capture=(), "
    "geolocation=(), gyroscope=(), microphone=(), midi=(), payment=(), usb=()"
)
ASSETS_FOLDER = "assets"
SEARCH_FOLDER = permalinks.SEARCH.strip("/")
EMAIL_FILE = "email.html"
Rule = tuple[str, tuple[tuple[str, str], ...]]
"""A path pattern and its headers."""


def taken(catalog: Catalog) -> str:
    """A digest of everything that `plan` uses of the catalog."""
    own = [view.digest for view in own_file_view(catalog, FILE).values()]
    return digest.of_value((_edition_ids(catalog), opml.has_sources(catalog), own))


def plan(
    catalog: Catalog, theme: object, settings: Settings, pages: Sequence[Page]
) -> Iterator[Page]:
    """`_headers`, made from settings and planned paths only."""
    patterns = _find_patterns(pages, _edition_ids(catalog))
    if "search" in settings.formats:
        patterns = sorted({*patterns, f"/{SEARCH_FOLDER}/*"})
    rules = [
        _general_rule(settings),
        *_merge_rules(
            _path_rules(settings, pages, patterns), _content_type_rules(settings, catalog, pages)
        ),
    ]
    yield Page(
        path=FILE,
        format="headers",
        kind="headers",
        views={"rules": view(tuple(rules)), **own_file_view(catalog, FILE)},
        origin="the headers",
    )


def render(page: Page, theme: object) -> bytes:
    """The rules, separated by empty lines. Those of the site's own file come last, so they win."""
    blocks = (
        "\n".join([pattern, *(f"  {name}: {value}" for name, value in headers)])
        for pattern, headers in page.views["rules"].value
    )
    own = own_file_text(page)
    return ("\n\n".join(blocks) + "\n").encode() + (b"\n" + own if own else b"")


def content_security_policy(
    settings: Settings, *, script: bool = False, email: bool = False
) -> str:
    """A Content-Security-Policy that allows the site's own styles and pictures, and remote pictures
    if settings do.

    `script` allows the site's own scripts and their requests to it, as for the search; `email`
    the inline styles of letters.
    """
    remote = " https:" if settings.images.remote == "link" else ""
    parts = ["default-src 'none'", f"img-src 'self'{remote}"]
    parts.append("style-src 'self' 'unsafe-inline'" if email else "style-src 'self'")
    parts += ["script-src 'self'", "connect-src 'self'"] if script else ["script-src 'none'"]
    parts += ["font-src 'self'", "manifest-src 'self'"]
    parts.append(" ".join(filter(None, ("form-action 'self'", form_origin(settings)))))
    parts += ["base-uri 'none'", "frame-ancestors 'none'"]
    return "; ".join(parts)


def _general_rule(settings: Settings) -> Rule:
    """The rule for all paths. It has the loosest policy, as joining headers makes them stricter."""
    script = "search" in settings.formats or settings.offline
    loosest = content_security_policy(settings, script=script, email=_has_email(settings))
    headers = [
        ("Content-Security-Policy", loosest),
        ("X-Content-Type-Options", "nosniff"),
        ("X-Frame-Options", "DENY"),
        ("Referrer-Policy", "strict-origin-when-cross-origin"),
        ("Permissions-Policy", PERMISSIONS_POLICY),
    ]
    headers += [("X-Robots-Tag", "noindex")] if settings.noindex else []
    return f"{settings.root}/*", tuple(headers)


def _merge_rules(*groups: Iterator[Rule]) -> list[Rule]:
    """Rules with the same pattern merged into one."""
    found: dict[str, tuple[tuple[str, str], ...]] = {}
    for group in groups:
        for pattern, headers in group:
            found[pattern] = found.get(pattern, ()) + headers
    return list(found.items())


def _path_rules(settings: Settings, pages: Sequence[Page], patterns: list[str]) -> Iterator[Rule]:
    """Policy and caching: one rule for each top folder, more for folders with letters."""
    assets = [page for page in pages if page.path.startswith(f"{ASSETS_FOLDER}/")]
    if assets:
        # a file of content/static/assets/ keeps its name when it changes, so it is no fingerprint
        fixed = any(page.origin.startswith(f"content/static/{ASSETS_FOLDER}/") for page in assets)
        yield (
            f"{settings.root}/{ASSETS_FOLDER}/*",
            (("Cache-Control", REVALIDATE if fixed else IMMUTABLE),),
        )
    for pattern in patterns:
        caching = ("Cache-Control", REVALIDATE)
        if pattern.endswith(("/", "/*", ".html")):
            script = pattern == f"/{SEARCH_FOLDER}/*" or (settings.offline and pattern == "/")
            allowed = content_security_policy(
                settings, script=script, email=pattern.endswith(f"/{EMAIL_FILE}")
            )
            yield settings.root + pattern, (("Content-Security-Policy", allowed), caching)
        else:
            yield settings.root + pattern, (caching,)


def _edition_ids(catalog: Catalog) -> list[str]:
    return [edition.ref.id for edition in catalog.editions]


def _find_patterns(pages: Iterable[Page], weeks: list[str]) -> list[str]:
    """Patterns that cover every planned page, of which no two match the same path.

    E-books need none; fingerprinted assets and files for the host have rules of their own.
    """
    others, letter = (f"{ASSETS_FOLDER}/", "_"), f"/{EMAIL_FILE}"
    paths = [p.path for p in pages if p.kind != "epub" and not p.path.startswith(others)]
    of_edition = re.compile("|".join(map(re.escape, weeks)) or "(?!)")
    apart = {_first_folder(path) for path in paths if path.endswith(letter)}
    folders = {path.partition("/")[0] for path in paths if "/" in path} - apart
    own = [path for path in paths if "/" not in path or (apart and _first_folder(path) in apart)]
    found = {_path_pattern(path, of_edition) for path in own}
    return sorted(found | {f"/{quote(first)}/*" for first in folders})


def _path_pattern(path: str, of_edition: re.Pattern[str]) -> str:
    """The URL path of an output, with `:edition` in place of the part with an edition's id."""
    parts = path.removesuffix("index.html").split("/")
    named = (":edition" if of_edition.search(part) else quote(part) for part in parts)
    return "/" + "/".join(named)


def _content_type_rules(
    settings: Settings, catalog: Catalog, pages: Sequence[Page]
) -> Iterator[Rule]:
    """Content types of feeds and OPML files, which hosts would serve as plain XML or JSON."""
    found = {_feed_pattern(page.path) for page in pages if page.kind == "feed"}
    if found and "opml" in settings.formats:
        found.add(f"/{opml.FEEDS_PATH}")
    if "opml" in settings.formats and opml.has_sources(catalog):
        found.add(f"/{opml.SOURCES_PATH}")
    types = {channels.file_name(name, settings): kind for name, kind, _ in channels.FEED_FORMATS}
    for pattern in sorted(found):
        kind = types.get(pattern.rpartition("/")[2], "text/x-opml")
        yield settings.root + pattern, (("Content-Type", f"{kind}; charset=utf-8"),)


def _feed_pattern(path: str) -> str:
    """`/topics/:name/feed.xml` for every topic; the path itself for a feed nearer the root."""
    first, *between, name = path.split("/") if "/" in path else ("", path)
    middle = "/:name" if between else ""
    return f"/{quote(first)}{middle}/{name}".replace("//", "/")


def _first_folder(path: str) -> str:
    return path[: path.find("/")] if "/" in path else ""


def _has_email(settings: Settings) -> bool:
    return "email" in settings.formats
