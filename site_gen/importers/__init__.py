"""Imports whole sites of other systems: settings, issues, articles, pages, files, addresses.

Each system has a package that reads the old site and nothing else; KINDS lists them. All of them
use `bodies/` and `reading/`; the files here decide where texts go, write and report.

In: a folder or an export of another system. Out: content files, settings, a report.
May import: convert, read, and the packages below them; never engine or formats.
"""

from collections.abc import Callable
from importlib import import_module

from site_gen.importers import old_output
from site_gen.importers.old_site import OldSite, Wishes
from site_gen.importers.reading import addresses
from site_gen.importers.reading.folder import Folder
from site_gen.plugins.load import Plugins

KINDS: dict[str, tuple[str, str]] = {
    "jekyll": ("jekyll.site", "a folder with _config.yml"),
    "hugo": ("hugo.site", "a folder with hugo.toml or config.toml"),
    "zola": ("hugo.site", "a folder with Zola's config.toml"),
    "pelican": ("pelican.site", "a folder with pelicanconf.py"),
    "eleventy": ("eleventy.site", "a folder with eleventy.config.js or .eleventy.js"),
    "astro": ("astro.site", "a folder with astro.config.mjs"),
    "wordpress": ("wordpress.site", "an export of WordPress (XML), or the folder it lies in"),
    "ghost": ("ghost.site", "an export of Ghost (JSON), or the folder it lies in"),
    "blogger": ("blogger", "an export of Blogger (XML), or the folder it lies in"),
    "buttondown": ("mails.site", "the folder of an export of Buttondown"),
    "substack": ("mails.site", "the folder of an export of Substack"),
    "mailchimp": ("mails.site", "the folder of an export of Mailchimp"),
    "mails": ("mails.site", "a folder of mails (HTML, Markdown, .eml, .mbox), with a table or not"),
    "markdown": ("folders.site", "any folder of Markdown files"),
}
"""Kind -> (module, what DIR is)."""


def kinds_of(plugins: Plugins) -> dict[str, str]:
    """Ours, then those of plugins: kind -> what DIR is."""
    theirs = plugins.offers("IMPORTERS", KINDS)
    return {**{kind: about for kind, (_, about) in KINDS.items()},
            **{kind: offer.value[1] for kind, offer in theirs.items()}}  # fmt: skip


def read(kind: str, folder: Folder, wishes: Wishes, plugins: Plugins) -> OldSite:
    """The old site. Raises SiteError where nothing can be read at all."""
    reader: Callable[[Folder, Wishes], OldSite]
    if kind in KINDS:
        reader = import_module(f"site_gen.importers.{KINDS[kind][0]}").read
    else:
        offer = plugins.offers("IMPORTERS")[kind]
        reader = offer.plugin.guard(offer.value[0])
    site = reader(folder, wishes)
    _without_404(site)
    site.addresses = old_output.addresses(folder.root, kind, site.output)
    return site


def _without_404(site: OldSite) -> None:
    """Drop the old 404 page: each site of ours has its own."""
    gone = [e for e in site.entries if e.page and addresses.same(e.address) in NOT_FOUND]
    site.entries = [entry for entry in site.entries if entry not in gone] if gone else site.entries
    site.unpublished += (
        (entry.source, "the new site has such a page of its own") for entry in gone
    )


NOT_FOUND = ("/404.html", "/404")
