"""Topics, providers and authors of articles, completed from the settings."""

from collections.abc import Iterator

from site_gen import permalinks
from site_gen.basics import slugs
from site_gen.model import Author, AuthorRef, Provider, ProviderRef, SectionRef, TopicRef
from site_gen.problems import did_you_mean
from site_gen.settings import AuthorSettings, ProviderSettings, Settings, TopicSettings


class Names:
    """Look-ups made once from the settings; refs are shared between cards."""

    def __init__(self, settings: Settings) -> None:
        self._topics: dict[str, TopicSettings] = {}
        for topic in settings.topics:
            for word in (topic.name, *topic.aliases):
                self._topics[slugs.folded(word)] = topic
        self._domains = {p.domain.lower(): p for p in settings.providers if p.domain}
        self._providers = {slugs.folded(p.name): p for p in settings.providers if p.name}
        self._authors = settings.authors
        self._refs: dict[str, TopicRef] = {}
        self._sections: dict[str, SectionRef] = {}
        self._of_topics: dict[str, SectionRef] = {}
        for section in settings.sections:
            ref = _section_ref(section.name, slugs.safe(section.slug))
            self._sections |= dict.fromkeys((slugs.folded(ref.name), slugs.folded(ref.slug)), ref)
            self._of_topics |= {slugs.folded(self.topic(t).name): ref for t in section.topics}
        self._provider_refs: dict[tuple[str, str], ProviderRef] = {}

    def topic(self, name: str) -> TopicRef:
        """The topic that `name` or one of its other names means."""
        ref = self._refs.get(name)
        if ref is None:
            known = self._topics.get(slugs.folded(name))
            shown = known.name if known else name
            stored = slugs.safe(known.slug) if known else ""
            slug = stored or permalinks.slug_of_name(shown)
            ref = TopicRef(name=shown, slug=slug, permalink=permalinks.topic(slug))
            self._refs[name] = ref
        return ref

    def topics(self, names: tuple[str, ...]) -> tuple[TopicRef, ...]:
        """The topics of an article, each once, in order."""
        found: dict[str, TopicRef] = {}
        for ref in map(self.topic, names):
            if ref.name:
                found.setdefault(ref.slug, ref)
        return tuple(found.values())

    def taken_for_one(self, names: tuple[str, ...]) -> Iterator[tuple[str, str, str]]:
        """(name, other, slug) of topics of one article that differ and share an address."""
        found: dict[str, TopicRef] = {}
        for ref in map(self.topic, names):
            first = found.setdefault(ref.slug, ref)
            if not slugs.same_name(first.name, ref.name):
                yield first.name, ref.name, ref.slug

    def section(self, name: str, topics: tuple[TopicRef, ...]) -> SectionRef | None:
        """The section that an article names, else that of the first topic which is in one."""
        if name:
            return self._sections.get(slugs.folded(name)) or _section_ref(name)
        of_topics = (self._of_topics.get(slugs.folded(topic.name)) for topic in topics)
        return next(filter(None, of_topics), None)

    def unknown_section(self, name: str) -> str | None:
        """A hint (perhaps "") where the settings name sections, and not this one."""
        if not name or not self._sections or slugs.folded(name) in self._sections:
            return None
        return did_you_mean(name, [ref.name for ref in self._sections.values()])

    def settled(self, provider: Provider | None) -> ProviderSettings | None:
        """A provider completed from the settings."""
        if provider is None:
            return None
        by_domain = self._domains.get(provider.domain) if provider.domain else None
        return by_domain or self._providers.get(slugs.folded(provider.name))

    def provider(self, provider: Provider | None) -> ProviderRef | None:
        """The provider as cards name it, None when there is neither name nor domain."""
        if provider is None or not (provider.name or provider.domain):
            return None
        key = (provider.name, provider.domain)
        ref = self._provider_refs.get(key)
        if ref is None:
            ref = self._provider_refs[key] = self._make_provider(provider)
        return ref

    def _make_provider(self, provider: Provider) -> ProviderRef:
        known = self.settled(provider)
        domain = (known.domain.lower() if known else "") or provider.domain
        name = (known.name if known else "") or provider.name or domain
        key = domain or permalinks.slug_of_name(name)
        return ProviderRef(
            name=name,
            key=key,
            permalink=permalinks.provider(key),
            logo=_from_top(known.logo) if known else "",
            logo_large=_from_top(known.logo_large) if known else "",
        )

    def author(self, author: Author) -> Author:
        """`author` with what the settings know under its key or name filled in."""
        known = self._authors.get(author.name) or self._named(author.name)
        if known is None:
            return author
        return Author(name=known.name, bio=author.bio or known.bio, url=author.url or known.url)

    def mistyped_author(self, name: str) -> str:
        """A hint where a name looks like a key of the settings and nearly is one, else ""."""
        is_key = name.islower() and not any(c.isspace() for c in name)
        if not is_key or name in self._authors or self._named(name):
            return ""
        return did_you_mean(name, self._authors)

    def _named(self, name: str) -> AuthorSettings | None:
        return next((a for a in self._authors.values() if a.name == name), None)

    def author_ref(self, author: Author) -> AuthorRef:
        """The author as cards name them."""
        slug = permalinks.slug_of_name(author.name)
        return AuthorRef(name=author.name, slug=slug, permalink=permalinks.author(slug))


def _from_top(path: str) -> str:
    return "/" + path.lstrip("/") if path else ""


def _section_ref(name: str, slug: str = "") -> SectionRef:
    slug = slug or permalinks.slug_of_name(name)
    return SectionRef(name=name, slug=slug, permalink=permalinks.section(slug))
