"""Code generation for templates: Jinja's own, with shortcuts for frequent operations.

A field of our types, a macro printed, a fixed UI string, text escaped, a run of output: each takes
a fraction of the general way. That one stays beside it for every other object: a short way is
chosen by the exact type of the value while a page is rendered, so the sandbox still meets all
that is strange. Tests hold that both ways write the same.
"""

from typing import Any

from jinja2 import nodes
from jinja2.compiler import CodeGenerator, Frame
from jinja2.idtracking import VAR_LOAD_RESOLVE

from site_gen.theme.fields import plain

KINDS = "_kinds_"
"""Before a field's name: the types of which it is read as it is. A name of template modules."""


class Code(CodeGenerator):
    """Jinja's code generator; `Template` supplies the extra names.

    free   the names that the template takes from outside
    """

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self.free: set[str] = set()

    def enter_frame(self, frame: Frame) -> None:
        super().enter_frame(frame)
        for action, name in frame.symbols.loads.values():
            if action == VAR_LOAD_RESOLVE and name not in self.environment.globals:
                assert name is not None
                self.free.add(name)

    def visit_Getattr(self, node: nodes.Getattr, frame: Frame) -> None:  # noqa: N802 - Jinja's name
        """`x.field`, for one of our types without asking the environment."""
        if node.attr not in plain():
            super().visit_Getattr(node, frame)
            return
        inner = node.node
        if isinstance(inner, nodes.Name):
            name = frame.symbols.ref(inner.name)
            self.write(f"({name}.{node.attr} if {name}")
        else:
            name = self.temporary_identifier()
            self.write(f"({name}.{node.attr} if ")
            self._bound(name, inner, frame)
        self.write(f".__class__ in {KINDS}{node.attr} else environment.getattr(")
        if isinstance(inner, nodes.Name):
            self.visit(inner, frame)  # says which name it is that is undefined
        else:
            self.write(name)
        self.write(f", {node.attr!r}))")

    def visit_Block(self, node: nodes.Block, frame: Frame) -> None:  # noqa: N802 - Jinja's name
        """A block as one joined string, where Jinja passes each piece up through every level."""
        general = node.scoped or node.required or frame.buffer is not None
        if general or (frame.toplevel and (self.has_known_extends or self.extends_so_far)):
            super().visit_Block(node, frame)
            return
        found = f"context.blocks[{node.name!r}][0]({self.get_context_ref()})"
        self.writeline(f"yield concat({found})", node)

    def visit_Output(self, node: nodes.Output, frame: Frame) -> None:  # noqa: N802 - Jinja's name
        """A run of output, joined before it is yielded."""
        if frame.eval_ctx.volatile or not frame.eval_ctx.autoescape:
            super().visit_Output(node, frame)
            return
        if frame.require_output_check:
            if self.has_known_extends:
                return
            self.writeline("if parent_template is None:")
            self.indent()
        parts = self._parts(node, frame)
        many = len(parts) > 1
        if frame.buffer is None:
            self.writeline("yield concat((" if many else "yield (")
        else:
            self.writeline(f"{frame.buffer}.extend((" if many else f"{frame.buffer}.append(")
        self.indent()
        for part in parts:
            if isinstance(part, str):
                self.writeline(repr(part))
            else:
                self.newline(part)
                self._escaped(part, frame)
            self.write("," if many else "")
        self.outdent()
        self.writeline("))" if many else ")")
        if frame.require_output_check:
            self.outdent()

    def _parts(self, node: nodes.Output, frame: Frame) -> list[str | nodes.Expr]:
        """What is known now as text, escaped and joined; the rest as it stands."""
        parts: list[str | nodes.Expr] = []
        finalize = self._make_finalize()
        for child in node.nodes:
            try:
                text = self._output_child_to_const(child, frame, finalize)
            except Exception:  # not constant, or a fault that belongs to the rendering
                parts.append(child)
                continue
            if parts and isinstance(parts[-1], str):
                parts[-1] += text
            else:
                parts.append(text)
        return parts

    def _escaped(self, node: nodes.Expr, frame: Frame) -> None:
        if isinstance(node, nodes.Call) and not (node.dyn_args or node.dyn_kwargs):
            self._call(node, frame)
            return
        name = self.temporary_identifier()
        self.write(f"(escape_text({name}) if ")
        self._bound(name, node, frame)
        self.write(f".__class__ is str else escape({name}))")

    def _call(self, node: nodes.Call, frame: Frame) -> None:
        key = _fixed_string(node)
        if key is not None:
            self.write(f"(say[{key!r}] if {frame.symbols.ref('t')} is translate else ")
        self.write("written(context, ")
        self.visit(node.node, frame)
        self.signature(node, frame)
        self.write(")" if key is None else "))")

    def _bound(self, name: str, node: nodes.Expr, frame: Frame) -> None:
        """The value of `node`, bound to `name`."""
        self.write(f"({name} := ")
        self.visit(node, frame)
        self.write(")")


def _fixed_string(node: nodes.Call) -> str | None:
    """The key in `t('key')`; None for every other call."""
    is_t = isinstance(node.node, nodes.Name) and node.node.name == "t"
    if not is_t or node.kwargs or len(node.args) != 1:
        return None
    key = node.args[0]
    return key.value if isinstance(key, nodes.Const) and isinstance(key.value, str) else None
