"""Turns a failure of a plugin into a problem that names it, with file and line."""

from collections.abc import Callable, Iterator
from typing import Any

from site_gen.plugins.discovery import Found
from site_gen.problems import Problem, SiteError, Where, clean

FAILED = "plugin/failed"


def guard(found: Found, call: Callable[..., Any]) -> Callable[..., Any]:
    """`call` with its failures as problems, including those of an iterator that it returns."""

    def call_guarded(*args: Any, **named: Any) -> Any:
        try:
            result = call(*args, **named)
        except SiteError:
            raise
        except (Exception, SystemExit) as error:
            raise failure(found, error) from error
        return _guard_results(found, result) if isinstance(result, Iterator) else result

    call_guarded.__name__ = getattr(call, "__name__", found.name)
    return call_guarded


class GuardedObject:
    """An object of a plugin whose methods are guarded."""

    def __init__(self, found: Found, value: Any) -> None:
        self._found = found
        self._value = value

    def __getattr__(self, name: str) -> Any:
        value = getattr(self._value, name)
        return guard(self._found, value) if callable(value) else value


def _guard_results(found: Found, results: Iterator[Any]) -> Iterator[Any]:
    while True:
        try:
            result = next(results)
        except StopIteration:
            return
        except SiteError:
            raise
        except (Exception, SystemExit) as error:
            raise failure(found, error) from error
        yield result


def failure(found: Found, error: BaseException) -> SiteError:
    """A plugin's exception as a problem."""
    text = clean(str(error), 200)
    said = f"{type(error).__name__}: {text}" if text else type(error).__name__
    cure = "mend the plugin, or take its name out of `plugins`"
    return SiteError(
        [Problem(FAILED, f"the plugin {found.name}: {said}", _where(found, error), cure)]
    )


def _where(found: Found, error: BaseException) -> Where:
    """The innermost line of the plugin in the traceback."""
    if isinstance(error, SyntaxError) and error.filename in found.sources:
        return _line(found, error.filename, error.lineno or 0)
    where = Where(found.shown)
    trace = error.__traceback__
    while trace is not None:
        path = trace.tb_frame.f_code.co_filename
        if path in found.sources:
            where = _line(found, path, trace.tb_lineno)
        trace = trace.tb_next
    return where


def _line(found: Found, path: str, line: int) -> Where:
    lines = found.sources[path].decode("utf-8", "replace").splitlines()
    excerpt = lines[line - 1] if 0 < line <= len(lines) else ""
    return Where(_shown(found, path), line, 0, 1, excerpt)


def _shown(found: Found, path: str) -> str:
    """The path relative to the site for a plugin in the site."""
    if found.entry_point is not None:
        return path
    top = found.shown.rpartition("/")[0]
    return f"{top}/{path.rpartition(f'/{top}/')[2]}"
