"""A compiled template, with the helper names that code of `code.py` uses."""

from collections.abc import Callable, MutableMapping
from datetime import date
from typing import Any

import jinja2
import markupsafe
from jinja2.runtime import Context
from jinja2.runtime import Macro as JinjaMacro
from jinja2.utils import missing

from site_gen.model import Record
from site_gen.theme.code import KINDS
from site_gen.theme.escape import escape, escape_text
from site_gen.theme.fields import plain

_MISSING = tuple((missing,) * n for n in range(32))

KEPT = 4096
"""Most cached texts of a macro."""
TRIED = 256
"""Texts after which a macro with few cache hits stops caching."""
_FIXED = (str, int, float, date, type(None), Record)
"""Immutable types; dates include moments."""


class Macro(JinjaMacro):
    """A macro that can be written without being wrapped as safe text first.

    Its further attributes are private, as Jinja's are: a template may not read them.
    """

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        takes_more = self.caller or self.catch_kwargs or self.catch_varargs
        self._most = -1 if takes_more else len(self.arguments)
        self._text: Callable[..., str] = self._func
        self._kept: dict[tuple[int, ...], tuple[str, tuple[Any, ...]]] | None = None
        self._again = self._tried = 0

    def _keep(self) -> None:
        """Keep its texts. One that was imported knows nothing but what it is given: a card that
        stands on ten pages is written once."""
        self._kept = {}

    def _made(self, given: tuple[Any, ...]) -> str:
        """The text for these arguments, which is kept under who they are, as they are too."""
        text = self._text(*given, *_MISSING[self._most - len(given)])
        kept = self._kept
        self._tried += 1
        if kept is not None and all(isinstance(each, _FIXED) for each in given):
            if len(kept) >= KEPT:
                kept.clear()
            kept[tuple(map(id, given))] = (text, given)
        if self._tried == TRIED and self._again < TRIED:
            self._kept = None
        return text


def written(context: Context, called: Any, /, *given: Any, **named: Any) -> str:
    """What a call gives, escaped. A macro called by position needs nothing else around it."""
    if called.__class__ is Macro and not named and context.eval_ctx.autoescape:
        left = called._most - len(given)
        if 0 <= left < len(_MISSING):
            kept = called._kept
            if kept is None:
                text: str = called._text(*given, *_MISSING[left])
                return text
            found = kept.get(tuple(map(id, given)))
            if found is None:
                made: str = called._made(given)
                return made
            called._again += 1
            return found[0]
    environment: Any = context.environment
    if called is environment.said.translate:
        return escape(called(*given, **named))
    return escape(environment.call(context, called, *given, **named))


class Said(dict[str, str]):
    """Escaped UI strings by key, made on demand."""

    def __init__(self, translate: Callable[..., str]) -> None:
        super().__init__()
        self.translate = translate

    def __missing__(self, key: str) -> str:
        found = self[key] = escape(self.translate(key))
        return found


_SHORT = {
    "Macro": Macro,
    "escape": escape,
    "escape_text": escape_text,
    "written": written,
    **{KINDS + name: kinds for name, kinds in plain().items()},
}


class Template(jinja2.Template):
    """A compiled template whose module has our names beside Jinja's."""

    @classmethod
    def from_code(cls, environment: Any, *given: Any, **named: Any) -> "Template":
        made = super().from_code(environment, *given, **named)
        names: MutableMapping[str, Any] = made.root_render_func.__globals__
        assert names["escape"] is markupsafe.escape
        assert names["Macro"] is JinjaMacro
        names.update(_SHORT, say=environment.said, translate=environment.said.translate)
        assert isinstance(made, Template)
        return made

    def _get_default_module(self, ctx: Context | None = None) -> Any:
        """Its macros, as an import sees them: the same for all pages, as all globals are."""
        if self._module is None:
            self._module = module = self.make_module()
            for each in vars(module).values():
                if type(each) is Macro:
                    each._keep()
        return self._module
