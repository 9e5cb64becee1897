"""Which settings lie beside a folder of Markdown."""

from site_gen.importers.folders import docusaurus
from site_gen.importers.folders.folder_settings import FolderSettings
from site_gen.importers.folders.nikola import Nikola
from site_gen.importers.pelican import python_settings
from site_gen.importers.reading import broken_settings, javascript_settings
from site_gen.importers.reading.folder import Folder
from site_gen.problems import SiteError

SCRIPTS = ("gatsby-config.js", "gatsby-config.ts")
"""Settings that are programs: looked through for plain values, never run."""
NAMES = (
    *docusaurus.NAMES,
    *SCRIPTS,
    "conf.py",
    "_config.yml",
    "_config.yaml",
    "config.toml",
    "config.yaml",
    "config.yml",
)


def read(folder: Folder) -> FolderSettings:
    """The settings beside the texts; none where there are none that can be read."""
    name = folder.first(*NAMES)
    if not name:
        return FolderSettings()
    text = folder.text(name)
    if name in docusaurus.NAMES:
        return docusaurus.settings(text, name, folder)
    if name in SCRIPTS:
        keys = ("title", "url", "siteUrl", "tagline", "description")
        given = {key.lower(): javascript_settings.value(text, key) for key in keys}
        return FolderSettings(name, {key: value for key, value in given.items() if value})
    try:
        if name.endswith(".py"):
            found = python_settings.assigned(text, {}).values
        else:
            found = broken_settings.table(text, name)
    except (SiteError, ValueError, RecursionError):
        return FolderSettings()
    known = {str(key).lower(): value for key, value in found.items()}
    if name.startswith("_config.") and folder.under("source/_posts"):
        known.setdefault("source_dir", "source")  # Hexo's own, where its settings are silent
    return Nikola(name, known) if name.endswith(".py") else FolderSettings(name, known)
