"""What Astro's collections, routes and the programs that they use keep from being shown."""

from typing import Any

import pytest

CONFIG = '-- astro.config.mjs --\nexport default { site: "https://a.example" };\n'


def text(path: str, name: str, *lines: str) -> str:
    """A text whose one word is its name."""
    head = "\n".join(["---", f"title: T{name}", "date: 2024-03-01", *lines, "---"])
    return f"-- {path} --\n{head}\nword{name}\n"


def collections(inner: str, named: str = "blog") -> str:
    return (
        f"-- src/content.config.ts --\nconst blog = defineCollection({{ {inner} }});\n"
        f"export const collections = {{ {named} }};\n"
    )


def route(posts: str, head: str = "") -> str:
    """A route that shows the texts which an expression gives."""
    return (
        f"-- src/pages/blog/[...slug].astro --\n---\n{head}\n"
        f"export async function getStaticPaths() {{\n  const all = {posts};\n"
        "  return all.map((post) => ({ params: { slug: post.id }, props: post }));\n}\n"
        "const more = (await getCollection('blog')).filter((p) => p.data.pinned);\n---\n<p/>\n"
    )


GLOB = 'loader: glob({ pattern: "**/*.md", base: "./src/content/blog" })'
ALL = route("await getCollection('blog')")
PLACE = "src/content/blog/{}.md"
OPEN = text(PLACE.format("open"), "shown", "stage: live", "ready: true", "tags: [public]")
SHUT = text(PLACE.format("shut"), "kept")
HUSH = text(PLACE.format("shut"), "kept", "hush: true", "stage: later", "tags: [secret]")
MODULE = (
    "-- src/lib/posts.ts --\nimport isShown from '../utils/shown';\n"
    "export const getPosts = async () => (await getCollection('blog')).filter(isShown);\n"
    "export const getLater = async () => getCollection('later');\n"
    "-- src/utils/shown.ts --\nconst isShown = ({ data }) => {\n"
    "  const past = Date.now() > new Date(data.date).getTime();\n  return !data.hush && past;\n};\n"
    "export default isShown;\n"
)
CASES = {
    "a pattern that leaves it out": collections(
        'loader: glob({ pattern: ["**/*.md", "!**/shut*"], base: "./src/content/blog" })'
    )
    + ALL
    + SHUT,
    "a filter of its route": collections(GLOB)
    + route("await getCollection('blog', ({ data }) => !data.hush)")
    + HUSH,
    "a filter by a value": collections(GLOB)
    + route("(await getCollection('blog')).filter((p) => p.data.stage !== 'later')")
    + HUSH,
    "a filter by one of two values": collections(GLOB)
    + route("await getCollection('blog', (p) => p.data.stage == 'live' || p.data.stage == 'old')")
    + HUSH,
    "a filter by a word of a list": collections(GLOB)
    + route("await getCollection('blog', (p) => !p.data.tags?.includes('secret'))")
    + HUSH,
    "a filter that takes what it asks for": collections(GLOB)
    + route("await getCollection('blog', ({ data: { ready } }) => ready === true)")
    + SHUT,
    "a filter in modules": collections(GLOB)
    + route("await getPosts()", "import { getPosts } from '@/lib/posts';")
    + MODULE
    + HUSH,
    "what its schema says where it is silent": collections(
        f"{GLOB}, schema: z.object({{ draft: z.boolean().default(true) }})"
    )
    + ALL
    + SHUT,
    "a collection that no route shows": collections(GLOB)
    + ALL
    + text("src/content/other/shut.md", "kept"),
    "one that a module gives to no route": "-- src/content.config.ts --\n"
    f"const blog = defineCollection({{ {GLOB} }});\nconst later = defineCollection("
    "{ loader: glob({ pattern: '**/*.md', base: 'src/content/later' }) });\n"
    "export const collections = { blog, later };\n"
    + route("await getPosts()", "import { getPosts } from '../../lib/posts';")
    + MODULE
    + text("src/content/later/shut.md", "kept"),
    "another name than its program has for it": collections(GLOB, "blog: blog")
    + ALL
    + text(PLACE.format("shut"), "kept", "draft: true"),
    "a page of a folder that begins with _": collections(GLOB)
    + ALL
    + text("src/pages/_x/shut.md", "kept"),
}


@pytest.mark.parametrize("case", CASES)
def test_what_astro_does_not_show_is_not_shown(
    case: str, move: Any, put: Any, held_back: Any
) -> None:
    opened = OPEN.replace("live", "live\ndraft: false") if "silent" in case else OPEN
    put(CONFIG + CASES[case] + opened)
    told = held_back(move("astro"))
    assert [path.rpartition("/")[2] for path in told] == ["shut.md"]


def test_pictures_come_with_the_texts_that_show_them(move: Any, put: Any, site: Any) -> None:
    put(CONFIG + collections(GLOB) + ALL)
    shows = "![](./{0}.png)\n-- src/content/blog/{0}.png --\nx\n"
    put(text(PLACE.format("a"), "a") + shows.format("a"))
    put(text(PLACE.format("b"), "b", "draft: true") + shows.format("b"))
    put(text(PLACE.format("c"), "c", "heroImage: ./d.png"))
    put("-- src/content/blog/d.png --\nx\n-- src/content/blog/nobody.png --\nx\n")
    put("-- public/p.png --\nx\n")
    move("astro")
    came = [p.rpartition("/")[2] for p in site.tree("content") if p.startswith("static/")]
    assert sorted(came) == ["a.png", "d.png", "p.png"]
