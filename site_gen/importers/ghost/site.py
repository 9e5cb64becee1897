"""Ghost: its export (JSON), with content/images where it lies beside it."""

import json
from collections import Counter
from collections.abc import Mapping
from datetime import UTC
from typing import Any

from site_gen.basics import written_dates
from site_gen.importers import menus
from site_gen.importers.bodies import markup
from site_gen.importers.ghost import bodies, routes
from site_gen.importers.old_site import Entry, Listing, OldSite, StaticFile, Wishes
from site_gen.importers.reading import listings, values, zones
from site_gen.importers.reading.folder import Folder
from site_gen.importers.reading.matter import withheld
from site_gen.problems import Problem, SiteError, Where

PAGED = 5
"""Posts on a page of a list in the plainest theme; a further page that never was does no harm."""
HOST = "__GHOST_URL__"
"""What exports write for the site's own address."""
IMAGES = "/content/images/"


def read(folder: Folder, wishes: Wishes) -> OldSite:
    """The site of the export."""
    for name in folder.names:
        if name.lower().endswith(".json"):
            data = _data(folder, name)
            if data:
                return _Reader(folder, wishes, name, data).site
    raise SiteError([_nothing(folder)])


def _nothing(folder: Folder) -> Problem:
    """What to say where no file is an export: of a file of JSON, why it is none."""
    cure = "in Ghost: Settings, Migration tools, Export; name that file or its folder"
    for name in folder.under("", ".json"):
        try:
            json.loads(folder.text(name))
        except json.JSONDecodeError as error:
            said = f"{name} is no JSON at line {error.lineno}: {error.msg}"
            return Problem("import/export", said, Where(name, error.lineno), cure)
        except (ValueError, RecursionError):
            continue
        said = f"{name} has no posts under `db`, as an export of Ghost has"
        return Problem("import/export", said, Where(name, 1), cure)
    return Problem("import/nothing", "there is no export of Ghost here", help=cure)


def _data(folder: Folder, name: str) -> dict[str, Any]:
    text = folder.text(name).replace(f"{HOST}/", "/").replace(HOST, "/")
    found = values.from_json(text)
    db = found.get("db") if isinstance(found, dict) else None
    data = db[0].get("data") if isinstance(db, list) and db and isinstance(db[0], dict) else None
    return data if isinstance(data, dict) and "posts" in data else {}


NOT_TAKEN = (
    *("codeinjection_head", "codeinjection_foot", "custom_template", "meta_title"),
    *("meta_description", "og_title", "og_description", "og_image", "twitter_title"),
    *("twitter_description", "twitter_image", "email_subject"),
)
"""Fields of a post that there is no place for here."""
SHOWN = ("content/images/", "content/media/", "content/files/")
"""Folders of the server that readers see; beside them lie its database, logs and settings."""


class _Reader:
    def __init__(self, folder: Folder, wishes: Wishes, name: str, data: Mapping[str, Any]) -> None:
        self.data, self.name = data, name
        self.left: Counter[str] = Counter()
        settings = {row.get("key"): row.get("value") for row in self._rows("settings")}
        zone_name, zone = zones.zone(settings.get("timezone"), wishes)
        self.site = OldSite(
            zone=zone,
            timezone=zone_name,
            title=str(settings.get("title") or ""),
            base_url=str(settings.get("url") or "").rstrip("/"),
            description=str(settings.get("description") or ""),
            language=str(settings.get("locale") or settings.get("lang") or ""),
            items=15,
        )
        self.routes = routes.read(folder)
        self.tags = {row.get("id"): row for row in self._rows("tags")}
        self.users = {row.get("id"): row for row in self._rows("users")}
        self.meta = {row.get("post_id"): row for row in self._rows("posts_meta")}
        for number, post in enumerate(self._rows("posts"), 1):
            self._post(post, number)
        if settings.get("is_private") in (True, "true", 1):
            for entry in self.site.entries:
                entry.keep_private("is_private: the whole site had a password")
        for path in folder.under("content"):
            if path.startswith(SHOWN):
                self.site.static.append(StaticFile(path, f"/{path}"))
            else:
                self.left["files of the server that it shows nobody"] += 1
        if not folder.under("content") and IMAGES in json.dumps(self._rows("posts")[:500]):
            self.site.left.append(
                "the pictures are not in the export: copy the folder content/images of the old"
                " server beside it and import again"
            )
        self.site.left += [f"{name} ({count} in all)" for name, count in self.left.items() if count]
        self._people_and_lists()
        for key in ("navigation", "secondary_navigation"):
            self.site.menu += menus.items(values.from_json(settings.get(key)))
        self.site.menu = [i for i in self.site.menu if not i.target.startswith("#/portal")]

    def _rows(self, table: str) -> list[dict[str, Any]]:
        rows = self.data.get(table)
        return [row for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []

    def _related(self, table: str, post: str, key: str) -> list[str]:
        rows = [row for row in self._rows(table) if row.get("post_id") == post]
        rows.sort(key=lambda row: values.whole(row.get("sort_order")))
        return [str(row.get(key)) for row in rows]

    def _post(self, post: Mapping[str, Any], number: int) -> None:
        status = str(post.get("status") or "draft")
        page = str(post.get("type") or "") == "page" or post.get("page") in (1, True)
        slug = str(post.get("slug") or f"post-{number}")
        entry = Entry(source=f"{self.name}#{slug}", page=page, stem=slug)
        entry.date = written_dates.moment(post.get("published_at") or None, UTC)
        said = {"status": status, "visibility": post.get("visibility")}
        meta = self.meta.get(post.get("id"), {})
        by_mail = status == "sent" or post.get("email_only") or meta.get("email_only")
        withheld(entry, {**said, "email_only": by_mail, "paywall": bodies.has_paywall(post)})
        tags = [
            str(self.tags.get(key, {}).get("slug"))
            for key in self._related("posts_tags", str(post.get("id")), "tag_id")
        ]
        if not page and not self.routes.takes(tags, featured=post.get("featured") in (1, True)):
            entry.private = entry.private or "no collection of routes.yaml takes it"
        address = self._address(entry, slug, str(post.get("id")))
        if not entry.private:
            entry.address = address
            entry.guid = str(post.get("id") or "")
        elif status == "published" and not by_mail:  # its beginning could be read by all
            entry.unlisted = address
        matter = self._matter(post, page=page)
        changed = written_dates.moment(post.get("updated_at") or None, UTC)
        if changed and entry.date and written_dates.is_later(changed, entry.date):
            matter["modifiedDateTime"] = changed
        entry.matter = {key: value for key, value in matter.items() if value}
        odd: list[str] = []
        text = bodies.as_html(post, odd)
        entry.lost += odd
        entry.body = markup.markdown(text, entry.address or "/", entry)
        self.site.entries.append(entry)

    def _address(self, entry: Entry, slug: str, number: str) -> str:
        day = entry.date.astimezone(self.site.zone).date() if entry.date else None
        first = self._related("posts_tags", number, "tag_id")[:1]
        tag = str(self.tags.get(first[0], {}).get("slug") or "") if first else ""
        return f"/{slug}/" if entry.page else self.routes.post(slug, day, tag)

    def _matter(self, post: Mapping[str, Any], *, page: bool) -> dict[str, Any]:
        image = str(post.get("feature_image") or "")
        meta = self.meta.get(post.get("id"), {})
        made: dict[str, Any] = {
            "title": str(post.get("title") or ""),
            "excerpt": str(post.get("custom_excerpt") or ""),
        }
        if image:
            said = {
                "alt": str(meta.get("feature_image_alt") or ""),
                "caption": markup.plain(str(meta.get("feature_image_caption") or "")),
            }
            made["images"] = [{"url": image, **{key: text for key, text in said.items() if text}}]
        original = str(post.get("canonical_url") or "")
        if "://" in original and not original.startswith(self.site.base_url or "-"):
            made["webUrl"] = original
        for key in NOT_TAKEN:
            if post.get(key) or meta.get(key):
                self.left[f"`{key}` of posts"] += 1
        if page:
            return made
        ids = str(post.get("id"))
        tags = [self.tags.get(key, {}) for key in self._related("posts_tags", ids, "tag_id")]
        names = [str(tag.get("name") or "") for tag in tags]
        self.left["internal tags (#...), which readers never saw"] += sum(
            name.startswith("#") for name in names
        )
        made["topics"] = [name for name in names if name and not name.startswith("#")]
        authors = self._related("posts_authors", ids, "author_id") or [str(post.get("author_id"))]
        people = [str(self.users.get(key, {}).get("name") or "") for key in authors]
        made["authors"] = [{"name": name} for name in people if name]
        return made

    def _people_and_lists(self) -> None:
        posts = [e for e in self.site.entries if not e.page and e.address]
        made = [Listing("/", "home"), Listing("/rss/", "feed")]
        for place in self.routes.collections:
            made += [Listing(place, "editions"), Listing(f"{place}rss/", "feed")]
        made += [Listing(a, "editions") for a in listings.pages("/", len(posts), PAGED)]
        topics = Counter(topic for e in posts for topic in e.matter.get("topics", ()))
        people = Counter(a["name"] for e in posts for a in e.matter.get("authors", ()))
        for tag in self.tags.values():
            name, slug = str(tag.get("name") or ""), str(tag.get("slug") or "")
            if name and slug and not name.startswith("#"):
                made += listings.of_name(
                    self.routes.tag(slug), "topic", name, topics[name], PAGED, "rss/"
                )
        for user in self.users.values():
            name, slug = str(user.get("name") or ""), str(user.get("slug") or "")
            if name and slug:
                made += listings.of_name(
                    self.routes.author(slug), "author", name, people[name], PAGED, "rss/"
                )
                bio = " ".join(str(user.get("bio") or "").split())
                if bio:
                    self.site.authors[slug] = {"name": name, "bio": bio}
        self.site.listings = listings.unique(made)
