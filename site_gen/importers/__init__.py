"""Whole sites of other systems, moved in: settings, issues, articles, pages, files, addresses.

One file a kind, which reads the old site and decides nothing of ours; KINDS lists them.
"""

from collections.abc import Callable
from importlib import import_module

from site_gen.importers import built
from site_gen.importers.folder import Folder
from site_gen.importers.old import OldSite, Wishes

KINDS: dict[str, tuple[str, str]] = {
    "jekyll": ("jekyll", "a folder with _config.yml"),
    "hugo": ("hugo", "a folder with hugo.toml or config.toml"),
    "zola": ("hugo", "a folder with Zola's config.toml"),
    "pelican": ("pelican", "a folder with pelicanconf.py"),
    "eleventy": ("eleventy", "a folder with eleventy.config.js or .eleventy.js"),
    "astro": ("astro", "a folder with astro.config.mjs"),
    "wordpress": ("wordpress", "an export of WordPress (XML), or the folder it lies in"),
    "ghost": ("ghost", "an export of Ghost (JSON), or the folder it lies in"),
    "buttondown": ("mails", "the folder of an export of Buttondown"),
    "substack": ("mails", "the folder of an export of Substack"),
    "mailchimp": ("mails", "the folder of an export of Mailchimp"),
    "markdown": ("markdown", "any folder of Markdown files"),
}
"""Kind -> (module, what DIR is)."""


def read(kind: str, folder: Folder, wishes: Wishes) -> OldSite:
    """The old site. Raises SiteError where nothing can be read at all."""
    module = import_module(f"site_gen.importers.{KINDS[kind][0]}")
    reader: Callable[[Folder, Wishes], OldSite] = module.read
    site = reader(folder, wishes)
    site.addresses = built.addresses(folder.root, kind)
    return site
