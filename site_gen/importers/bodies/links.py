"""Rewrites links and pictures in bodies from the old site to ours."""

from collections.abc import Iterable
from posixpath import dirname, join, normpath
from urllib.parse import quote, unquote

from site_gen.basics import anchors, urls
from site_gen.basics.safehtml import PREFIX
from site_gen.importers.bodies import heading_ids, spans
from site_gen.importers.old_site import OldSite
from site_gen.importers.placing import Placed, Places
from site_gen.importers.reading import addresses


class Links:
    """What every old address and every file of the old site is now.

    dead       links to places of texts that have none by that name
    shown_by   file, by its address -> paths of the texts that show it or lead to it
    """

    def __init__(
        self, site: OldSite, places: Places, rules: Iterable[tuple[str, str, int]] = ()
    ) -> None:
        self._base = site.base_url.rstrip("/")
        self._root = urls.parts(self._base).path.rstrip("/")
        self._ours = {
            addresses.same(old): place.address
            for place in places.placed
            for old in (place.entry.address, *place.entry.aliases)
            if old
        }
        self._lists = {addresses.same(old): new for old, new, _ in rules}
        self._files = {addresses.same(item.address): item.address for item in site.static}
        self._sources = {place.entry.source: place.address for place in places.placed}
        self._assets = {item.source: item.address for item in site.static}
        self._known_as = {
            name: place.address for place in places.placed for name in place.entry.known_as
        }
        self._places = {place.address: place for place in places.placed}
        self._anchors: dict[str, dict[str, str]] = {}
        self.dead: list[str] = []
        self.shown_by: dict[str, set[str]] = {}
        for place in places.placed:
            place.entry.anchors.update(heading_ids.named(place.entry.body))

    def body(self, text: str, place: Placed) -> str:
        """The body with its links as they are now."""
        return spans.retarget(text, lambda target: self._link(target, place))

    def picture(self, url: str, place: Placed) -> str:
        """A picture of the front matter: a file of ours as a path below `content/`."""
        made = self._link(url, place)
        known = made.startswith("/") and addresses.same(made) in self._files
        return f"/static{made}" if known else made

    def _link(self, target: str, place: Placed) -> str:
        if target.startswith("#"):
            named = place.entry.anchors.get(unquote(target[1:]))
            return f"#{named}" if named else target
        if not target or target.startswith(("mailto:", "tel:", "data:", "//")):
            return target
        if self._base and (target == self._base or target.startswith(f"{self._base}/")):
            target = target[len(self._base) :] or "/"
        elif self._root and target.startswith(f"{self._root}/"):
            target = target[len(self._root) :]
        if own := self._by_another_name(target):
            return own
        if "://" in target or "{" in target:
            return target
        path, mark, rest = _cut(target)
        plain = unquote(path)
        found = self._found(plain, place)
        key = addresses.same(unquote(found))
        if key in self._files:
            self.shown_by.setdefault(key, set()).add(place.path)
        if not found and not path.startswith("/"):
            # as the old page had it, so that a build warns and does not stop
            found = quote(_seen(plain, place))
        if mark == "#" and found in self._places:
            return self._at(found, rest)
        if not found or found == path:
            return target
        return f"{found}{mark}{rest}"

    def _by_another_name(self, target: str) -> str:
        """Our address for one with a query, or on a service's own domain; "" for none."""
        plain, _, place = target.partition("#")
        found = self._known_as.get(plain) or self._known_as.get(
            plain.partition("?")[0].rstrip("/"), ""
        )
        return self._at(found, place) if found else ""

    def _at(self, address: str, fragment: str) -> str:
        """The address with its fragment, by the name that its heading has now; one that leads to
        none is left out, and counted."""
        if not fragment:
            return address
        if address not in self._anchors:
            entry = self._places[address].entry
            self._anchors[address] = {**heading_ids.ours(entry.body), **entry.anchors}
        found = anchors.find_id(self._anchors[address], unquote(fragment))
        if not found:
            self.dead.append(f"{address}#{fragment}")
            return address
        return f"{address}#{found.removeprefix(PREFIX)}"

    def _found(self, path: str, place: Placed) -> str:
        """Our address for an old path, absolute or as seen from the entry; "" for none."""
        if path.startswith("/"):
            plain = path[1:]  # a file of the old site, by its place in it
            return self._of(path) or self._sources.get(plain, "") or self._assets.get(plain, "")
        beside = normpath(join(dirname(place.entry.source), path))
        if beside in self._sources:
            return self._sources[beside]
        # Hexo's folder of a post has the name of its file
        own = normpath(join(place.entry.source.rpartition(".")[0], path))
        for asset in (beside, own):
            if asset in self._assets:
                return self._assets[asset].replace(" ", "%20")
        return self._of(_seen(path, place))

    def _of(self, path: str) -> str:
        key = addresses.same(path)
        if key in self._files:
            return self._files[key].replace(" ", "%20")
        return self._ours.get(key) or self._lists.get(key, "")


def _seen(path: str, place: Placed) -> str:
    """A relative reference as the old page's address completes it."""
    base = place.entry.address or "/"
    made = normpath(join(base if base.endswith("/") else dirname(base), path)).lstrip("/")
    return f"/{made}/" if path.endswith("/") and made else f"/{made}"


def _cut(target: str) -> tuple[str, str, str]:
    for mark in ("#", "?"):
        if mark in target:
            path, _, rest = target.partition(mark)
            return path, mark, rest
    return target, "", ""
