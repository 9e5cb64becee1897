"""What hosts, servers, programs and marks in texts kept from some readers is not public."""

from typing import Any

import pytest

HUGO = '-- hugo.toml --\nbaseURL = "https://h.example/"\ntitle = "H"\n'
POST = "---\ntitle: {0}\ndate: 2024-01-05\n---\nWords of {0}.\n"
PLACES = "".join(
    f"-- content/{place}/a.md --\n{POST.format(place)}" for place in ("vip", "vipers", "free")
)

RULES = {
    "-- static/_headers --\n/vip/*\n  X-A: b\n  Basic-Auth: a:b\n/free/*\n  X-A: b\n": "password",
    "-- static/_redirects --\n/vip/* /vip/:splat 200! Role=admin\n": "a role",
    "-- static/_redirects --\n/vip/* /login/ 401!\n/free/* /404.html 404\n": "answers 401",
    "-- static/_redirects --\n/vip/* https://a.example/ 302!\n/* https://b.example/:splat 301!\n":
        "leads elsewhere",
    '-- netlify.toml --\n[[redirects]]\nfrom = "/vip/*"\nto = "/vip/:splat"\nstatus = 200\n'
    'force = true\nconditions = {Role = ["editor"]}\n': "a role",
    '-- netlify.toml --\n[[headers]]\nfor = "/vip/*"\n[headers.values]\nBasic-Auth = "a:b"\n':
        "password",
    '-- vercel.json --\n{"routes": [{"src": "/vip/(.*)", "status": 404}]}\n': "answers 404",
    '-- vercel.json --\n{"redirects": [{"source": "/vip/:p*", "destination": "/login",'
    ' "missing": [{"type": "cookie", "key": "s"}]}]}\n': "its reader",
    '-- staticwebapp.config.json --\n{"routes": [{"route": "/vip/*", "allowedRoles": ["a"]},'
    ' {"route": "/free/*", "allowedRoles": ["anonymous"]}]}\n': "a role",
    "-- functions/vip/_middleware.js --\nexport const onRequest = () => new Response('', "
    "{status: 401})\n": "not everybody",
    "-- netlify/edge-functions/a.ts --\nexport default () => new Response('', {status: 401})\n"
    'export const config = {path: "/vip/*"}\n': "not everybody",
    "-- middleware.ts --\nif (pathname.startsWith('/vip') && !user) return redirect('/login')\n":
        "not everybody",
    "-- static/vip/.htaccess --\nAuthType Basic\nRequire valid-user\n": "keeps it",
}  # fmt: skip


@pytest.mark.parametrize("rule", RULES)
def test_what_a_host_gave_not_to_everybody_is_a_draft(
    move: Any, put: Any, site: Any, rule: str
) -> None:
    put(HUGO + PLACES + "-- static/vip/list.txt --\nWords of the list\n" + rule)
    outcome = move("hugo", form="articles")
    private = {p.entry.source: p.entry.private for p in outcome.places.placed if p.entry.private}
    assert list(private) == ["content/vip/a.md"]
    assert RULES[rule] in private["content/vip/a.md"]
    assert site.build().ok
    everything = b"".join(site.tree().values())
    assert b"Words of free" in everything
    assert b"Words of vipers" in everything
    assert b"Words of vip." not in everything
    assert b"Words of the list" not in everything
    assert any(path == "static/vip/list.txt" for path, _ in outcome.site.unpublished)


def test_rules_that_cannot_be_read_stop_nothing(move: Any, put: Any) -> None:
    put(HUGO + PLACES + "-- netlify.toml --\n[[redirects\n-- vercel.json --\n{\n")
    assert not [p for p in move("hugo").places.placed if p.entry.private]


PARTS = {
    "jekyll": ["{% if jekyll.environment == 'development' %}x{% endif %}", "{% vip %}x{% endvip %}",
               "{% unless page.hidden %}x{% endunless %}", "{%- if false -%}x{%- endif -%}",
               "{% case jekyll.environment %}{% when b %}x{% endcase %}",
               "{% if site.time > page.date %}x{% endif %}",
               "{% if page.lang %}y{% elsif site.show_drafts %}x{% endif %}"],
    "hugo": ["{{< encrypt >}}x{{< /encrypt >}}", '{{% protected pw="1" %}}x{{% /protected %}}',
             "{{< if-member >}}x{{< /if-member >}}", '{{< box role="a" >}}x{{< /box >}}'],
    "zola": ["{% members() %}x{% end %}"],
    "eleventy": ["{% if draft %}x{% endif %}", "{% loggedin %}x{% endloggedin %}"],
}  # fmt: skip
ALL_MAY = {
    "jekyll": ["{% for a in b %}x{% endfor %}", "`{% if draft %}x{% endif %}`", "{% if",
               "{% if page.lang == 'de' %}x{% else %}y{% endif %}",
               "{% if page.author %}x{% endif %}", "{% if page.parts.size > 0 %}x{% endif %}",
               "{% if page.comments == false %}x{% endif %}",
               "{% unless page.wide %}x{% endunless %}", "{% case a %}{% when b %}x{% endcase %}",
               "{% hideToggle a %}x{% endhideToggle %}"],
    "hugo": ["{{< accessible >}}x{{< /accessible >}}", "{{< member-count >}}",
             "{{</* private */>}}x{{</* /private */>}}", "{{< spoiler >}}x{{< /spoiler >}}"],
    "zola": ["{% box() %}x{% end %}"],
    "eleventy": ["{% callout %}x{% endcallout %}"],
}  # fmt: skip
SITES = {
    "jekyll": ("-- _config.yml --\nurl: https://j.example\n", "_posts/2024-01-05-a.md"),
    "hugo": (HUGO, "content/posts/a.md"),
    "zola": ('-- config.toml --\nbase_url = "https://z.example"\n', "content/posts/a.md"),
    "eleventy": ("-- eleventy.config.js --\nmodule.exports = {}\n", "a.md"),
}


@pytest.mark.parametrize(
    ("kind", "part", "private"),
    [(kind, part, True) for kind, parts in PARTS.items() for part in parts]
    + [(kind, part, False) for kind, parts in ALL_MAY.items() for part in parts],
)
def test_a_part_that_not_everybody_saw_holds_its_text_back(
    move: Any, put: Any, kind: str, part: str, private: bool
) -> None:
    settings, path = SITES[kind]
    fence = "+++" if kind == "zola" else "---"
    head = 'title = "A"\ndate = 2024-01-05' if kind == "zola" else "title: A\ndate: 2024-01-05"
    tags = "\ntags: post" if kind == "eleventy" else ""
    put(f"{settings}-- {path} --\n{fence}\n{head}{tags}\n{fence}\nBefore {part} after.\n")
    (place,) = move(kind, form="articles").places.placed
    assert bool(place.entry.private) == private, place.entry.private
    assert place.entry.body.strip()


@pytest.mark.parametrize(
    "silent",
    ["{% capture a %}x1{% endcapture %}", '{% assign a = "x1" %}', "{% set a %}x1{% endset %}",
     '{% set a = "x1" %}', "{% macro a(b) %}x1{% endmacro %}"],
)  # fmt: skip
def test_what_a_text_keeps_for_later_is_not_shown_where_it_stands(
    move: Any, put: Any, silent: str
) -> None:
    put(f"{SITES['jekyll'][0]}-- _posts/2024-01-05-a.md --\n---\n---\nBefore {silent} after.\n")
    (place,) = move("jekyll", form="articles").places.placed
    assert "x1" not in place.entry.body
    assert len(place.entry.lost) == 1


@pytest.mark.parametrize(
    ("layout", "private"),
    [("members-only", True), ("layouts/private.njk", True), ("password", True), ("post", False),
     ("posts/encrypted.html", True), ("membership-page", False), ("draftsman", False)],
)  # fmt: skip
def test_a_layout_may_say_that_it_asks_who_reads(
    move: Any, put: Any, layout: str, private: bool
) -> None:
    head = f"---\ntitle: A\ndate: 2024-01-05\nlayout: {layout}\n---\n"
    put(f"{HUGO}-- content/posts/a.md --\n{head}x\n")
    (place,) = move("hugo", form="articles").places.placed
    assert bool(place.entry.private) == private


@pytest.mark.parametrize(
    "script",
    ['-- netlify.toml --\n[build]\ncommand = "jekyll b --config _config.yml,_config.prod.yml"\n',
     '-- package.json --\n{"scripts": {"build": "jekyll build --config=./_config.prod.yml"}}\n',
     "-- .github/workflows/a.yml --\nrun: jekyll build --config _config.yml,_config.prod.yml\n"],
)  # fmt: skip
def test_settings_that_the_command_of_a_build_names_count(move: Any, put: Any, script: str) -> None:
    put(
        "-- _config.yml --\nurl: https://j.example\nexclude: [other]\n"
        "-- _config.prod.yml --\nexclude: [inner, _posts/inner]\n"
        "-- _config.dev.yml --\nexclude: [_posts]\n"
        "-- serve.sh --\njekyll serve --config _config.yml,_config.dev.yml\n"
        f"-- inner/a.md --\n{POST.format('a')}-- _posts/2024-01-05-b.md --\n{POST.format('b')}"
        f"-- _posts/inner/2024-01-05-c.md --\n{POST.format('c')}{script}"
    )
    outcome = move("jekyll", form="articles")
    assert [p.entry.source for p in outcome.places.placed] == ["_posts/2024-01-05-b.md"]


def test_an_astro_route_that_asks_who_reads_shows_nobody(move: Any, put: Any) -> None:
    route = "-- src/pages/{0}/[slug].astro --\n---\n{1}\n---\n"
    put(
        "-- astro.config.mjs --\nexport default {}\n"
        + route.format("vip", "if (!Astro.locals.user) return Astro.redirect('/login');\n"
                       "const a = await getEntry('vip', 'x');")
        + route.format("blog", "const a = await getEntry('blog', 'x');\n"
                       "if (!a) return Astro.redirect('/404');")
        + f"-- src/content/vip/a.md --\n{POST.format('a')}"
        + f"-- src/content/blog/b.md --\n{POST.format('b')}"
    )  # fmt: skip
    placed = move("astro", form="articles").places.placed
    assert [p.entry.source for p in placed if p.entry.private] == ["src/content/vip/a.md"]


def test_docusaurus_leaves_out_what_its_settings_turn_off(move: Any, put: Any) -> None:
    put(
        "-- docusaurus.config.js --\nmodule.exports = {i18n: {locales: ['en', 'de']},\n"
        "presets: [['classic', {\n"
        "docs: false, blog: {path: 'blog', exclude: ['**/inner/**']}}]]}\n"
        f"-- blog/2024-01-05-a.md --\n{POST.format('a')}"
        f"-- blog/inner/2024-01-05-b.md --\n{POST.format('b')}"
        f"-- docs/c.md --\n{POST.format('c')}"
        f"-- i18n/fr/docusaurus-plugin-content-blog/2024-01-05-a.md --\n{POST.format('f')}"
        f"-- i18n/de/docusaurus-plugin-content-blog/2024-01-05-a.md --\n{POST.format('d')}"
    )
    outcome = move("markdown", form="articles")
    assert {p.entry.source for p in outcome.places.placed} == {
        "blog/2024-01-05-a.md",
        "i18n/de/docusaurus-plugin-content-blog/2024-01-05-a.md",
    }
    assert len(outcome.site.unpublished) == 3


def test_hexo_leaves_out_and_shuts_what_its_settings_name(move: Any, put: Any) -> None:
    put(
        "-- _config.yml --\nsource_dir: source\n"
        "exclude: ['_posts/inner/**']\nignore: ['**/ign/**']\n"
        "encrypt:\n  tags:\n    - {name: vip, password: pw}\n"
        f"-- source/_posts/a.md --\n{POST.format('a')}"
        f"-- source/_posts/b.md --\n---\ntitle: B\ndate: 2024-01-05\ntags: [vip]\n---\nx\n"
        f"-- source/_posts/inner/c.md --\n{POST.format('c')}"
        f"-- source/_posts/ign/d.md --\n{POST.format('d')}"
    )
    placed = move("markdown", form="articles").places.placed
    assert {p.entry.source: bool(p.entry.private) for p in placed} == {
        "source/_posts/a.md": False, "source/_posts/b.md": True}  # fmt: skip


def test_eleventy_has_data_for_all_in_its_settings(move: Any, put: Any) -> None:
    put(
        "-- eleventy.config.js --\nmodule.exports = c => { c.addGlobalData('permalink', false) }\n"
        "-- a.md --\n---\ntitle: A\ndate: 2024-01-05\ntags: post\n---\nx\n"
    )
    (place,) = move("eleventy", form="articles").places.placed
    assert place.entry.private


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("internal/issue-3.md", "# Issue 3\n\n2024-01-19\n\nx\n"),
        ("members_only/issue-3.md", "# Issue 3\n\n2024-01-19\n\nx\n"),
        ("a/unsent/issue-3.md", "# Issue 3\n\n2024-01-19\n\nx\n"),
        ("old~/issue-3.md", "# Issue 3\n\n2024-01-19\n\nx\n"),
        ("issue-3-DRAFT.md", "# Issue 3\n\n2024-01-19\n\nx\n"),
        ("issue-3_wip-2.md", "# Issue 3\n\n2024-01-19\n\nx\n"),
        ("issue-3.md", "# WIP: Issue 3\n\n2024-01-19\n\nx\n"),
        ("issue-3.md", "# Issue 3 (private)\n\n2024-01-19\n\nx\n"),
        ("issue-3.md", "# Issue 3\n\n**DRAFT - do not publish**\n\n2024-01-19\n\nx\n"),
        ("issue-3.md", "# Issue 3\n\n> This is a draft!\n\n2024-01-19\n\nx\n"),
        ("issue-3.md", "# Issue 3\n\n2024-01-19\n\nStatus: draft\n\nx\n"),
    ],
)
def test_folders_names_and_first_lines_hold_back(move: Any, put: Any, path: str, text: str) -> None:
    other = "# Issue 1\n\n2024-01-05\n\nA private letter, drafts of air.\n"
    put(f"-- issue-1.md --\n{other}-- {path} --\n{text}")
    placed = move("markdown").places.placed
    assert [p.entry.source for p in placed if p.entry.private] == [path]


def test_a_page_that_sends_its_readers_on_is_a_redirect(move: Any, put: Any) -> None:
    page = "<!doctype html><html><head><title>A</title>{}</head><body><p>x</p></body></html>"
    put(
        "-- a/2024-01-05.html --\n"
        + page.format('<meta http-equiv="refresh" content="0; url=../b/2024-01-06.html">')
        + "\n-- b/2024-01-06.html --\n" + page.format('<meta http-equiv="refresh" content="300">')
    )  # fmt: skip
    outcome = move("markdown", form="articles")
    (place,) = outcome.places.placed
    assert place.entry.source == "b/2024-01-06.html"
    assert "/a/2024-01-05.html" in place.aliases
