"""The Jinja environment: sandboxed, strict, autoescaping, limited to planned templates.

Its globals are exactly `asset` and `t`; filters are pure functions of their arguments. Compiled
templates are never stored on disk, because whoever can write there could run code.
"""

import threading
from collections.abc import Callable, Mapping, MutableMapping
from io import StringIO
from types import CodeType
from typing import Any

import jinja2
from jinja2.bccache import Bucket
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup

from site_gen.basics import digest
from site_gen.model import Record
from site_gen.plugins.load import Plugins
from site_gen.theme.code import Code
from site_gen.theme.fields import fields, fields_of
from site_gen.theme.filters import FILTERS
from site_gen.theme.template import Macro, Said, Template

Source = tuple[str, str]
"""Template text and its file name."""


MOST_CODES = 1024
"""Compiled templates that a process keeps."""


class CompiledTemplates(jinja2.BytecodeCache):
    """The code of templates, in the memory of this process alone: after a template was edited, a
    preview compiles that one and no other."""

    def __init__(self) -> None:
        self._codes: dict[str, CodeType] = {}

    def get_bucket(
        self, environment: jinja2.Environment, name: str, filename: str | None, source: str
    ) -> Bucket:
        """What the code depends on is its key: filters and tests have to exist when it is made."""
        generator = environment.code_generator_class.__qualname__
        known = (*environment.filters, "", *environment.tests)
        key = digest.of_parts(name, filename or "", source, generator, *known)
        bucket = Bucket(environment, key, "")
        bucket.code = self._codes.get(key)
        return bucket

    def set_bucket(self, bucket: Bucket) -> None:
        if bucket.code is not None:
            if len(self._codes) >= MOST_CODES:
                self._codes.clear()
            self._codes[bucket.key] = bucket.code


COMPILED = CompiledTemplates()


class Environment(ImmutableSandboxedEnvironment):
    """Loads only templates that the plan of the current page allows."""

    code_generator_class = Code
    template_class = Template

    def __init__(
        self,
        sources: Mapping[str, Source],
        resolve: Callable[[str, str | None], str],
        asset: Callable[[str], str],
        translate: Callable[..., str],
    ) -> None:
        super().__init__(
            autoescape=True,
            undefined=jinja2.StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            auto_reload=False,
            cache_size=-1,
            bytecode_cache=COMPILED,
            optimized=False,  # nothing in templates is constant but text, which `code` joins
        )
        self._sources = sources
        self._resolve = resolve
        self.allowed: frozenset[str] = frozenset()
        self.lock = threading.RLock()  # held while one page's templates are the allowed ones
        self._struct_fields = dict(fields())
        self.globals.clear()
        self.globals.update(asset=asset, t=translate)
        self._own = (asset, translate)
        self.said = Said(translate)
        self._trees: dict[str, jinja2.nodes.Template] = {}
        self._codes: dict[int, tuple[str | None, str]] = {}
        self._found: dict[tuple[str, str | None], jinja2.Template] = {}
        self.filters.update(FILTERS)
        # Randomness and outside state would make two builds differ.
        for name in ("random", "pprint"):
            self.filters.pop(name, None)
        self.loader = jinja2.FunctionLoader(self._source)

    def take_in(self, plugins: Plugins) -> None:
        """Add the filters and tests of plugins. Raises SiteError where a name is taken."""
        for kind, known in (("FILTERS", self.filters), ("TESTS", self.tests)):
            for name, offer in plugins.offers(kind, known).items():
                known[name] = offer.plugin.guard(offer.value)

    def parse(
        self, source: str, name: str | None = None, filename: str | None = None
    ) -> jinja2.nodes.Template:
        """The tree of a template that is analysed; it is kept until the template is compiled."""
        self._trees[source] = tree = super().parse(source, name, filename)
        return tree

    def _parse(self, source: str, name: str | None, filename: str | None) -> jinja2.nodes.Template:
        return self._trees.pop(source, None) or super()._parse(source, name, filename)

    def free_names(self, tree: jinja2.nodes.Template, name: str, filename: str) -> set[str]:
        """The names that a parsed template takes from outside, as `jinja2.meta` finds them.

        They are known when its code is written; that is kept until the template is compiled.
        """
        written = StringIO()
        code = Code(self, name, filename, written, optimized=self.optimized)
        code.visit(tree)
        self._codes[id(tree)] = name, written.getvalue()  # `_trees` holds the tree
        return code.free

    def _generate(
        self,
        source: jinja2.nodes.Template,
        name: str | None,
        filename: str | None,
        defer_init: bool = False,
    ) -> str:
        known, code = self._codes.pop(id(source), (None, ""))
        if code and known == name and not defer_init:
            return code
        return super()._generate(source, name, filename, defer_init)

    def _source(self, name: str) -> tuple[str, str, Callable[[], bool]] | None:
        found = self._sources.get(name)
        return (*found, lambda: True) if found else None

    def join_path(self, template: str, parent: str) -> str:
        return self._resolve(template, parent)

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """One mapping of globals for all templates."""
        return {**self.globals, **d} if d else self.globals

    def get_template(
        self,
        name: str | jinja2.Template,
        parent: str | None = None,
        globals: MutableMapping[str, Any] | None = None,
    ) -> jinja2.Template:
        """A template asked for again in the same words is found at once, where it is allowed."""
        if type(name) is not str:
            return super().get_template(name, parent, globals)
        found = self._found.get((name, parent))
        if found is None or found.name not in self.allowed:
            found = self._found[name, parent] = super().get_template(name, parent, globals)
        return found

    def _load_template(
        self, name: str, globals: MutableMapping[str, Any] | None
    ) -> jinja2.Template:
        if name not in self.allowed:
            raise jinja2.TemplateNotFound(name)
        return super()._load_template(name, globals)

    def call(
        __self,  # noqa: N805 - a template may pass any keyword, `self` too
        __context: jinja2.runtime.Context,
        __obj: Any,
        *args: Any,
        **kwargs: Any,
    ) -> Any:
        """Macros and our two globals skip the sandbox's checks."""
        ours = __obj in __self._own
        if not ours and type(__obj) is not Macro:
            return super().call(__context, __obj, *args, **kwargs)
        # What compiled templates pass along for functions that take the whole context.
        kwargs.pop("_block_vars", None)
        kwargs.pop("_loop_vars", None)
        return __obj(*args, **kwargs) if ours else __obj(__context.eval_ctx, *args, **kwargs)

    def getattr(self, obj: Any, attribute: str) -> Any:
        fields = self._struct_fields.get(type(obj))
        if fields is None:
            if not isinstance(obj, Record):
                return super().getattr(obj, attribute)
            fields = self._struct_fields[type(obj)] = fields_of(type(obj))
        is_html = fields.get(attribute)
        if is_html is None:
            return self.undefined(obj=obj, name=attribute)
        value = getattr(obj, attribute)
        return Markup(value) if is_html else value  # noqa: S704 - came through the sanitiser
