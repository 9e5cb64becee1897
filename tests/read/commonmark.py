"""The short ways through Markdown, on the examples of the CommonMark specification.

    python tests/read/commonmark.py spec.txt

`spec.txt` is the specification's own (npm has it as commonmark-spec). Every example, alone and
before some others, must give what the parser's own rules and the sanitiser give.
"""

import re
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from conftest import parsed_without
from test_plain_body import same
from test_prose import parser

from site_gen.read.markdown import parsed

_EXAMPLE = re.compile(r"^`{32} example\n(.*?)^\.\n.*?^`{32}$", re.MULTILINE | re.DOTALL)
EVERY = 25
"""Each example is also put before every so manieth."""


def main(spec: Path) -> None:
    """Print how many were compared; raises AssertionError at the first difference."""
    examples = [found.replace("→", "\t") for found in _EXAMPLE.findall(spec.read_text("utf-8"))]
    texts = examples + [f"{one}\n{two}" for one in examples for two in examples[::EVERY]]
    for text in texts:
        assert parser(True).render(text) == parser(False).render(text), text
        assert parsed(text, "2024/a.md", remote_images=True) == parsed_without(
            text, remote_images=True
        ), text
    taken = sum(same(text, parsed_without) for text in texts)
    print(f"{len(examples)} examples, {len(texts)} texts: equal; {taken} by the shortest way")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
