"""Decides file, slug and address of each entry of the old site."""

from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, tzinfo

from site_gen.basics import slugs
from site_gen.convert.drafts import naming
from site_gen.importers.old_site import Entry, Form, OldSite
from site_gen.importers.reading import addresses

ARTICLES = "/articles/{slug}/"
EDITIONS = "/editions/{id}/"
OUR_FOLDERS = frozenset(
    "editions articles topics authors providers sections feeds search latest api assets 404"
    " corrections page index".split()
)
"""Names at the top of every site of ours, which no page can have."""


@dataclass(slots=True, kw_only=True)
class Placed:
    """An entry with its kind, content path, slug, address and aliases."""

    entry: Entry
    kind: str
    path: str
    slug: str
    address: str
    aliases: list[str] = field(default_factory=list)

    @property
    def id(self) -> str:
        """An edition's."""
        return self.path.rpartition("/")[2].removesuffix(".md")


@dataclass(slots=True, kw_only=True)
class Places:
    """All entries, placed, and the permalink that articles or editions get."""

    form: Form
    permalink: str
    placed: list[Placed]
    lost: list[str] = field(default_factory=list)


def placed(site: OldSite, form: Form, ours: Container[str]) -> Places:
    """Every entry of the site. An address that ours cannot equal becomes an alias.

    ours   addresses at which a page or feed of our own stands, so that no text can
    """
    for entry in site.entries:  # a folder is what readers asked for, not the file in it
        entry.address = addresses.asked(entry.address)
    posts = [entry for entry in site.entries if not entry.page]
    issues = form == "issues"
    known = [(e.address, _day(e, site.zone), e.number) for e in posts if e.address]
    numbers = [number for _, _, number in known]
    unique = None not in numbers and len(set(numbers)) == len(numbers)
    permalink = addresses.pattern(known, numbers=issues and unique)
    permalink = permalink or (EDITIONS if issues else ARTICLES)
    made = Places(form=form, permalink=permalink, placed=[])
    taken: set[str] = set()
    named: set[str] = set()
    # those that keep their address choose their slug first
    order = sorted(posts, key=lambda e: (not e.address, e.address or e.source))
    for entry in order:
        place = _post(entry, permalink, issues, site.zone, taken, named)
        while addresses.same(place.address) in ours and "{slug}" in permalink:
            place.slug = naming.unused_name(place.slug, taken)
            taken.add(slugs.folded(place.slug))
            place.address = filled(permalink, place, _day(entry, site.zone))
        made.placed.append(place)
    # a page nearer the top has more right to its name than one of another language or folder
    for entry in sorted((e for e in site.entries if e.page), key=lambda e: e.address.count("/")):
        made.placed.append(_page(entry, taken, named, ours))
    _aliases(made, ours)
    site.notes += _displaced(made, ours)
    return made


def _displaced(made: Places, ours: Container[str]) -> Iterator[str]:
    """Texts at an address of one of our own pages, except home."""
    for place in made.placed:
        old = place.entry.address
        if old and addresses.same(old) in ours and addresses.same(old) not in ("/", "/404.html"):
            yield (
                f"{place.entry.source} stood at `{old}`, where a page of ours is now: it will"
                f" stand at `{place.address}`. See which of your links mean the text."
            )


def _post(
    entry: Entry, permalink: str, issues: bool, zone: tzinfo, taken: set[str], named: set[str]
) -> Placed:
    folder, _, stem = entry.stem.rpartition("/")
    day = _day(entry, zone)
    if issues and stem.isdecimal() and day and entry.number != int(stem):
        stem = day.isoformat()  # `2022/Aug/15.md`: the day of a month names no issue
    if issues:
        path = naming.unused_name(f"editions/{slugs.safe(stem) or _flat(entry)}.md", named)
    else:
        plain = "/".join([p for p in (folder, stem) if p]) or _flat(entry)
        path = naming.unused_name(naming.from_file(f"{plain}.md", 1, 1), named)
    named.add(slugs.folded(path))
    wanted = addresses.slug_in(entry.address, permalink, day, entry.number) if entry.address else ""
    slug = "" if wanted == "-" else wanted
    if not slug:
        own = str(entry.matter.get("slug") or "")
        last = entry.address.rstrip("/").rpartition("/")[2].removesuffix(".html")
        slug = slugs.safe(own) or slugs.safe(last) or slugs.safe(stem) or _flat(entry)
    slug = naming.unused_name(slug, taken)
    taken.add(slugs.folded(slug))
    made = Placed(entry=entry, kind="edition" if issues else "article", path=path, slug=slug,
                  address="")  # fmt: skip
    made.address = filled(permalink, made, day)
    return made


def _flat(entry: Entry) -> str:
    return slugs.slugify(entry.title) or slugs.safe(entry.source.replace("/", "-")) or "entry"


def _page(entry: Entry, taken: set[str], named: set[str], ours: Container[str]) -> Placed:
    """A page stands at the top of our site; its old address leads there."""
    plain = entry.address.strip("/").removesuffix(".html")
    last = slugs.safe(plain.rpartition("/")[2])
    whole = slugs.safe(plain.replace("/", "-")) or slugs.safe(entry.stem.replace("/", "-"))
    free = last and last.lower() not in OUR_FOLDERS and slugs.folded(last) not in taken
    name = (last if free else whole) or _flat(entry)
    our_name = name.lower() in OUR_FOLDERS or addresses.same(f"/{name}") in ours
    slug = naming.unused_name(f"{name}-page" if our_name else name, taken)
    taken.add(slugs.folded(slug))
    path = naming.unused_name(f"pages/{slug}.md", named)
    named.add(slugs.folded(path))
    return Placed(entry=entry, kind="page", path=path, slug=slug, address=f"/{slug}/")


def filled(permalink: str, made: Placed, day: date | None) -> str:
    """Our address of an entry."""
    values = {"slug": made.slug, "id": made.id, "number": str(made.entry.number or "")}
    if day:
        week = day.isocalendar().week
        values |= {"year": f"{day.year}", "month": f"{day.month:02d}", "day": f"{day.day:02d}",
                   "week": f"{week:02d}"}  # fmt: skip
    for name, value in values.items():
        permalink = permalink.replace(f"{{{name}}}", value)
    return permalink


def _day(entry: Entry, zone: tzinfo) -> date | None:
    return entry.date.astimezone(zone).date() if entry.date else None


def _aliases(made: Places, ours: Container[str]) -> None:
    """Old addresses become aliases, each of one entry; unusable ones are lost."""
    taken = {addresses.same(p.address) for p in made.placed}
    for place in made.placed:
        if place.entry.pattern and not place.entry.address and not place.entry.private:
            made.lost.append(f"{place.entry.pattern} ({place.entry.source})")
        wanted: Iterable[str] = [place.entry.address, *place.entry.aliases]
        for address in dict.fromkeys(a for a in wanted if a):
            if addresses.same(address) in taken or addresses.same(address) in ours:
                continue
            alias = addresses.written(address)
            if not addresses.usable(alias):
                made.lost.append(address)
                continue
            taken.add(addresses.same(address))
            place.aliases.append(alias)
