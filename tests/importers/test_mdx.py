"""MDX: what readers saw stays; what only a program could show is named."""

import pytest

from site_gen.importers.bodies import mdx

KNOWN = [
    ('import A from "./a.astro";\nimport {\n  B,\n} from "b";\n\nWords.\n', "\nWords.\n"),
    ('import pic from "./a.png"\n\n<Image src={pic} alt="A map" />\n', "\n![A map](./a.png)\n"),
    ('<Image src="/a.png" alt="A" width={3} />', "![A](/a.png)"),
    ('<YouTube id="abc" />', "[Video on YouTube](https://www.youtube.com/watch?v=abc)"),
    ("a{/* not\nshown */}b", "ab"),
    ('<img src="/a.png" alt="A" />', '<img src="/a.png" alt="A" />'),
    ("`<Card title={x}>` and {'{'}", "`<Card title={x}>` and {'{'}"),
]


@pytest.mark.parametrize(("given", "made"), KNOWN)
def test_known_things(given: str, made: str) -> None:
    assert mdx.plain(given, []) == made


def test_other_components_leave_what_they_say() -> None:
    odd: list[str] = []
    text = '<Card title="Locks" href="https://l.example/" size={2}>With **words** and {a.b}.</Card>'
    made = mdx.plain(f'{text}\n\n<Note client:load label="Mind" />\n', odd)
    assert made == "[Locks](https://l.example/)\n\nWith **words** and {a.b}.\n\nMind\n"
    assert odd == ["<Card>", "<Note>", "{a.b}"]


def test_programs_are_left_out_and_named() -> None:
    odd: list[str] = []
    text = "export const meta = {\n  a: { b: 1 },\n};\n\nexport const x = 3\n\nWords.\n"
    assert mdx.plain(text, odd).strip() == "Words."
    assert odd == ["export meta (left out)", "export x (left out)"]


@pytest.mark.parametrize(
    "text", ["<Card " + "a=" * 3000, "{" * 5000, "<A" * 4000, "export const x = {\n" * 500]
)
def test_what_never_ends_is_read_at_once(text: str) -> None:
    assert len(mdx.plain(text, [])) <= len(text)
