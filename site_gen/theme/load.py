"""A loaded theme: which file each name means, what each template uses, rendering."""

import contextlib
from collections.abc import Iterable, Mapping
from functools import cached_property
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any, NamedTuple

from site_gen.basics import digest, files, slugs
from site_gen.plugins.load import NO_PLUGINS, Plugins
from site_gen.problems import Problem, SiteError, Where, did_you_mean, shown
from site_gen.theme import palette
from site_gen.theme.analysis_data import Analysis
from site_gen.theme.chain import LENT, PARENT, File, Layer, chain, keys_of, with_letter
from site_gen.theme.options import declared, options
from site_gen.theme.strings import Strings, strings
from site_gen.theme.stylesheets import in_order, missing, rewritten

if TYPE_CHECKING:
    from site_gen.theme.environment import Environment

_last: "tuple[str, Environment] | None" = None
_analyses: dict[tuple[str, str], Analysis] = {}
"""By digests of the template and of the plugins' filters: shipped templates are the same in the
next site that this process builds."""
MOST_ANALYSES = 1024


class Asset(NamedTuple):
    """A static file of the theme and where it is published."""

    name: str
    shown: str
    digest: str
    url: str
    data: bytes


class Closure(NamedTuple):
    """Everything a template can use: digest, free names, allowed templates."""

    digest: str
    names: frozenset[str]
    templates: frozenset[str]
    everything: bool


class Theme:
    """The layers of one theme for one site. Picklable; the environment is rebuilt."""

    def __init__(
        self,
        name: str,
        layers: list[Layer],
        settings_options: Mapping[str, Any],
        language: str,
        known: Mapping[str, Analysis] | None = None,
        *,
        plain_assets: bool = False,
        css: str = "",
        plugins: Plugins = NO_PLUGINS,
    ) -> None:
        self.plugins = plugins
        self.name = name
        self.layers = [layer for layer in layers if layer.key != LENT]
        self._chain = layers
        self.extra = tuple(dict.fromkeys(key for each in layers for key in keys_of(each.config)))
        self.options = options(layers, settings_options, name)
        self.strings: Strings = strings(layers, language)
        known_options = declared(layers)
        self.assets = _assets(layers, plain_assets, known_options, settings_options, css)
        own = any(known_options.get(o, {}).get("type") == "colour" for o in settings_options)
        self.sheet = _sheet_text(self.assets) if own or css else ""
        self.analyses: dict[str, Analysis] = dict(known or {})
        self._files = {
            f"{layer.key}:{file}": found
            for layer in layers
            for file, found in layer.templates.items()
        }
        self._digests = {name: digest.of_bytes(f.data) for name, f in self._files.items()}
        self._closures: dict[str, Closure] = {}

    def __getstate__(self) -> dict[str, Any]:
        return {k: v for k, v in self.__dict__.items() if k != "environment"}

    @cached_property
    def environment(self) -> "Environment":
        """The guarded environment over this theme's files.

        The last one is kept while the process lives: a preview that builds again and again with
        the same templates compiles them once.
        """
        from site_gen.theme.environment import Environment  # Jinja: not for who renders nothing

        global _last
        key = self._templates_key
        if _last is None or _last[0] != key:
            sources = {name: (_text(file), file.shown) for name, file in self._files.items()}
            made = Environment(sources, self.resolve, self.asset_url, self.strings.translate)
            made.take_in(self.plugins)
            _last = (key, made)
        return _last[1]

    @cached_property
    def key(self) -> str:
        """Digest of all that pages are made from: every part but the bytes of assets, for which
        stand their addresses."""
        return digest.of_parts(self._templates_key, digest.of_value(self.options), *self.extra)

    @cached_property
    def _templates_key(self) -> str:
        urls = (asset.url for asset in self.assets.values())
        files_ = (part for pair in sorted(self._digests.items()) for part in pair)
        layers = (layer.key for layer in self.layers)
        code = self.plugins.code_digest("FILTERS", "TESTS")
        return digest.of_parts(self.strings.digest, code, *layers, *files_, *urls)

    @property
    def templates(self) -> list[str]:
        """Names of all templates along the chain, but for a letter that was lent to it."""
        parts = (name.partition(":") for name in self._files)
        return sorted({name for layer, _, name in parts if layer != LENT})

    def analysis(self, name: str) -> Analysis:
        """What the template `layer:file` names."""
        return self._analysis(name)

    def holds(self, name: str) -> bool:
        """Whether `layer:file` is a template of the chain."""
        return name in self._files

    def problem(self, name: str, line: int, code: str, message: str, cure: str) -> Problem:
        """A warning on a line of the template `layer:file`."""
        return Problem(code, message, self._where(name, line), cure, "warning")

    def asset_url(self, name: str) -> str:
        """Site-absolute published path of an asset. Raises SiteError naming those on offer."""
        found = self.assets.get(str(name))
        if found is None:
            hint = did_you_mean(str(name), self.assets)
            raise SiteError(
                [
                    Problem(
                        "theme/asset",
                        f"there is no asset {shown(str(name))}.{hint}",
                        None,
                        f"assets: {', '.join(sorted(self.assets))}",
                    )
                ]
            )
        return found.url

    def asset_bytes(self, name: str) -> bytes:
        """The content of an asset."""
        return self.assets[name].data

    def resolve(self, name: str, parent: str | None = None) -> str:
        """`layer:file` for a name as a template writes it; an unknown name stays as it is."""
        if name in self._files and ":" in name:
            return name
        start = 0
        if name.startswith(PARENT):
            name = name.removeprefix(PARENT)
            own = (parent or "").partition(":")[0]
            start = next((i + 1 for i, x in enumerate(self._chain) if x.key == own), 0)
        for layer in self._chain[start:]:
            if name in layer.templates:
                return f"{layer.key}:{name}"
        return name

    def closure(self, template: str) -> Closure:
        """Everything that rendering `template` can use."""
        found = self._closures.get(template)
        if found is None:
            found = self._closures[template] = self._closure(template)
        return found

    def _closure(self, template: str) -> Closure:
        pending = [self.resolve(template)]
        if pending[0] not in self._files:
            hint = did_you_mean(template, self.templates)
            raise SiteError(
                [
                    Problem(
                        "theme/template",
                        f"the theme has no {template}.{hint}",
                        Where(self.layers[0].shown),
                        "add the template",
                    )
                ]
            )
        seen: dict[str, str] = {}
        names: set[str] = set()
        assets: set[str] = set()
        filters: set[str] = set()
        everything = all_assets = uses_strings = False
        while pending:
            name = pending.pop()
            if name in seen:
                continue
            seen[name] = self._digests.get(name, "absent")
            if name not in self._files:
                continue
            analysis = self._analysis(name)
            names.update(analysis.names)
            filters.update(analysis.filters)
            uses_strings = uses_strings or analysis.strings
            assets.update(a for a in analysis.assets if a is not None)
            all_assets = all_assets or None in analysis.assets
            if None in analysis.references and not everything:
                everything = True
                pending += self._files
            pending += [self.resolve(r, name) for r in analysis.references if r is not None]
        urls = sorted(self.assets) if all_assets else sorted(assets)
        parts = [part for pair in sorted(seen.items()) for part in pair]
        parts += [self.assets[name].url if name in self.assets else name for name in urls]
        parts.append(self.strings.digest if uses_strings else "")
        parts += self.extra
        parts += self._code_of(filters)
        return Closure(
            digest.of_parts(self.resolve(template), *parts),
            frozenset(names),
            frozenset(n for n in seen if n in self._files),
            everything,
        )

    def _code_of(self, names: set[str]) -> list[str]:
        """Digests of the plugins that these filters and tests are of."""
        offers = [self.plugins.offers(kind) for kind in ("FILTERS", "TESTS")]
        plugins = (each[name].plugin for each in offers for name in names & each.keys())
        return sorted({plugin.code_digest for plugin in plugins})

    def _analysis(self, name: str) -> Analysis:
        key = self._digests[name]
        found = self.analyses.get(key)
        if found is None:
            known = (key, self.plugins.code_digest("FILTERS", "TESTS"))
            found = _analyses.get(known) or self._analyse(name)
            if len(_analyses) >= MOST_ANALYSES:
                _analyses.clear()
            self.analyses[key] = _analyses[known] = found
        return found

    def used_analyses(self) -> dict[str, Analysis]:
        """The analyses of this theme's files, to keep for the next build."""
        return {key: found for key, found in self.analyses.items() if key in self._known_digests}

    @property
    def _known_digests(self) -> set[str]:
        return set(self._digests.values())

    def _analyse(self, name: str) -> Analysis:
        from site_gen.theme.analysis import TemplateSyntaxError, analyse

        try:
            file = self._files[name]
            return analyse(self.environment, _text(file), name, file.shown)
        except TemplateSyntaxError as error:
            from site_gen.theme import syntax

            message, line, cure = syntax.told(str(error.message), error.lineno, _text(file))
        except (RecursionError, ValueError, OverflowError, MemoryError) as error:
            message, line = f"it cannot be compiled ({type(error).__name__})", 0
            cure = "make it shorter, or correct it"
        raise SiteError([Problem("theme/syntax", message, self._where(name, line), cure)])

    def _where(self, name: str, line: int) -> Where:
        file = self._files[name]
        lines = _text(file).split("\n")
        return Where(file.shown, line, 0, 1, lines[line - 1] if 0 < line <= len(lines) else "")

    def compile(self, template: str) -> None:
        """Compile everything `template` can use. Errors are reported on rendering."""
        closure = self.closure(template)
        environment = self.environment
        with environment.lock:
            environment.allowed = closure.templates
            for name in sorted(closure.templates):
                with contextlib.suppress(Exception):
                    environment.get_template(name)

    def render(self, template: str, views: Mapping[str, Any], offered: Iterable[str] = ()) -> str:
        """`template` with the views it names. Raises SiteError with file, line and the names on
        offer."""
        from site_gen.theme.failures import located, placed

        closure = self.closure(template)
        environment = self.environment
        try:
            with environment.lock:
                environment.allowed = closure.templates
                return environment.get_template(self.resolve(template)).render(views)
        except SiteError as error:
            raise placed(error, self._files) from None
        except Exception as error:  # whatever a template does is the template's fault
            raise located(error, self._files, template, {*views, *offered}) from error


def _text(file: File) -> str:
    try:
        return files.decode(file.data).text
    except files.Unreadable as error:
        problem = Problem(
            "theme/unreadable", f"the file {error.reason}", Where(file.shown), "save it as UTF-8"
        )
        raise SiteError([problem]) from None


STYLE = "style.css"


def _assets(
    layers: list[Layer],
    plain: bool,
    known: Mapping[str, Mapping[str, Any]],
    given: Mapping[str, Any],
    css: str,
) -> dict[str, Asset]:
    """The assets as they are published: style sheets last, as they name the others."""
    files_ = {name: file for layer in reversed(layers) for name, file in layer.assets.items()}
    sheets = {n: f.data.decode("utf-8", "replace") for n, f in files_.items() if n.endswith(".css")}
    problems = [p for n, s in sheets.items() for p in missing(s, n, files_[n].shown, files_)]
    if css and css not in sheets:
        text = f"there is no style sheet {shown(css)}." + did_you_mean(css, sheets)
        cure = "put it into themes/overrides/assets/, or into assets/ of the theme"
        problems.append(Problem("theme/asset", text, Where("site.toml", key="theme_css"), cure))
    if problems:
        raise SiteError(problems)
    found = {n: _asset(n, f, f.data, plain) for n, f in files_.items() if n not in sheets}
    for name in in_order(sheets):
        text = sheets[name]
        if name == STYLE:
            text = palette.styled(text, known, given)
            if css and css != STYLE:
                text += "\n" + rewritten(sheets[css], css, "/assets/", lambda n: f"/assets/{n}")
        own = _url(name, "", True)
        text = rewritten(text, name, own, lambda n: found[n].url if n in found else "")
        same = text == files_[name].data.decode("utf-8", "replace")
        data = files_[name].data if same else text.encode()
        found[name] = _asset(name, files_[name], data, plain)
    return dict(sorted(found.items()))


def _asset(name: str, file: File, data: bytes, plain: bool) -> Asset:
    stamp = digest.of_bytes(data)
    return Asset(name, file.shown, stamp, _url(name, stamp, plain), data)


def _url(name: str, stamp: str, plain: bool) -> str:
    path = PurePosixPath(name)
    folder = "" if str(path.parent) == "." else f"{path.parent}/"
    mark = "" if plain else f".{stamp[:10]}"
    return f"/assets/{folder}{slugs.safe(path.stem)}{mark}{path.suffix}"


def _sheet_text(assets: Mapping[str, Asset]) -> str:
    return assets[STYLE].data.decode("utf-8", "replace") if STYLE in assets else ""


def load_theme(
    root: Path,
    name: str,
    settings_options: Mapping[str, Any],
    language: str,
    known: Mapping[str, Analysis] | None = None,
    *,
    plain_assets: bool = False,
    css: str = "",
    plugins: Plugins = NO_PLUGINS,
) -> Theme:
    """The theme `name` of the site at `root`. Raises SiteError.

    `plain_assets` leaves the fingerprint out of the names of assets: in a preview an edit of the
    style sheet is then no edit of every page. `css` is the asset that is added to the style sheet.
    """
    layers = with_letter(chain(root, name), root)
    return Theme(
        *(name, layers, settings_options, language, known),
        plain_assets=plain_assets,
        css=css,
        plugins=plugins,
    )
