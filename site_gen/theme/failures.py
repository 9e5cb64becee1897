"""Template errors as problems with file, line, message and available names."""

from collections.abc import Iterable, Mapping

import jinja2

from site_gen.plugins.failures import FAILED
from site_gen.problems import Problem, SiteError, Where, did_you_mean
from site_gen.theme.chain import File


def located(
    error: Exception, files: Mapping[str, File], template: str, views: Iterable[str]
) -> SiteError:
    """The SiteError that says where in which template `error` happened."""
    by_path = {file.shown: file for file in files.values()}
    where = _traced(error, by_path)
    if isinstance(error, jinja2.TemplateSyntaxError):
        found = by_path.get(error.filename or "")
        where = _where(found, error.lineno) if found else where
    if where is None:
        named = (file for name, file in files.items() if name.partition(":")[2] == template)
        where = next((Where(file.shown) for file in named), None)
    problem = Problem(
        "theme/render", f"{template}: {_message(error)}", where, _help(error, files, views)
    )
    return SiteError([problem])


def placed(error: SiteError, files: Mapping[str, File]) -> SiteError:
    """The same problems; those without a place get that of the template which led to them, and
    those of a plugin have it beside their own."""
    where = _traced(error, {file.shown: file for file in files.values()})
    return SiteError(_placed(p, where) for p in error.problems)


def _placed(problem: Problem, where: Where | None) -> Problem:
    if problem.where is None:
        return problem._replace(where=where)
    if problem.code == FAILED and where:
        return problem._replace(also=(*problem.also, where))
    return problem


def _traced(error: Exception, by_path: Mapping[str, File]) -> Where | None:
    """The innermost template line in the traceback of `error`."""
    where = None
    trace = error.__traceback__
    while trace is not None:
        file = by_path.get(trace.tb_frame.f_code.co_filename)
        if file is not None:
            where = _where(file, trace.tb_lineno)
        trace = trace.tb_next
    return where


def _where(file: File, line: int) -> Where:
    lines = file.data.decode("utf-8", "replace").splitlines()
    return Where(file.shown, line, 0, 1, lines[line - 1] if 0 < line <= len(lines) else "")


def _message(error: Exception) -> str:
    if isinstance(error, jinja2.TemplateNotFound):
        return f'there is no template "{error.name}"'
    if isinstance(error, jinja2.TemplateError):
        return str(error.message)
    return f"{type(error).__name__}: {error}"


def _help(error: Exception, files: Mapping[str, File], views: Iterable[str]) -> str:
    if isinstance(error, jinja2.TemplateNotFound):
        names = sorted({name.partition(":")[2] for name in files})
        return f"templates: {', '.join(names)}.{did_you_mean(str(error.name), names)}"
    return f"names on offer here: {', '.join(sorted(views))}"
