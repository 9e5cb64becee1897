"""What convert makes up, once, for documents without front matter: slug, guid, addedDateTime,
rawDigest. What was minted for a draft before is kept."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from site_gen import frontmatter
from site_gen.basics import slugs
from site_gen.convert.drafts import naming
from site_gen.settings import NO_TAG, Settings

KEPT = ("slug", "guid", "addedDateTime")


def minted(
    matter: Mapping[str, Any],
    *,
    path: str,
    raw_digest: str,
    settings: Settings,
    now: datetime,
    taken: set[str],
    before: Mapping[str, Any],
) -> dict[str, Any]:
    """`matter` with what it lacks, in the schema's order.

    path    content path of the draft
    taken   slugs of other articles, folded; `before` is what an earlier run minted
    """
    made = {key: before[key] for key in KEPT if key in before} | dict(matter)
    if "slug" not in made:
        made["slug"] = naming.free(naming.slug(str(made.get("title", "")), path), taken)
    taken.add(slugs.folded(str(made["slug"])))
    made.setdefault("guid", f"tag:{settings.feeds.tag or NO_TAG}:{path.removesuffix('.md')}")
    made.setdefault("addedDateTime", now.replace(microsecond=0))
    made["rawDigest"] = raw_digest
    return _ordered(made)


def dated(matter: Mapping[str, Any], now: datetime, before: Mapping[str, Any]) -> dict[str, Any]:
    """An entry of another system gains addedDateTime only where it has no date at all: a build
    needs one of the two."""
    if "publishedDateTime" in matter or "addedDateTime" in matter:
        return dict(matter)
    moment = before.get("addedDateTime", now.replace(microsecond=0))
    return _ordered({**matter, "addedDateTime": moment})


def _ordered(matter: Mapping[str, Any]) -> dict[str, Any]:
    return {key: matter[key] for key in (*frontmatter.ORDER, *matter) if key in matter}
