"""Compiled templates on their way from one process of ours to another, never by way of a disk."""

import jinja2
from jinja2.bccache import Bucket


class Handed(jinja2.BytecodeCache):
    """Compiled templates by key: those handed in, and those compiled since."""

    def __init__(self, compiled: dict[str, bytes]) -> None:
        self.compiled = compiled

    def load_bytecode(self, bucket: Bucket) -> None:
        """Jinja asks for one; it checks that it was made from the same source."""
        if data := self.compiled.get(bucket.key):
            bucket.bytecode_from_string(data)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Jinja hands one over."""
        self.compiled[bucket.key] = bucket.bytecode_to_string()
