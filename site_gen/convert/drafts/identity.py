"""What convert adds once to documents without front matter: slug, guid, addedDateTime, rawDigest.
Later runs keep it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from site_gen import frontmatter
from site_gen.basics import slugs
from site_gen.convert.drafts import naming
from site_gen.settings import NO_TAG, Settings

KEPT = ("slug", "guid", "addedDateTime")


def add_identity(
    matter: Mapping[str, Any],
    *,
    path: str,
    raw_digest: str,
    settings: Settings,
    now: datetime,
    taken: set[str],
    before: Mapping[str, Any],
) -> dict[str, Any]:
    """`matter` with what is missing, in the schema's order.

    path    content path of the draft
    taken   slugs of other articles, with folded case
    before  what an earlier run added
    """
    made = {key: before[key] for key in KEPT if key in before} | dict(matter)
    if "slug" not in made:
        made["slug"] = naming.unused_name(naming.slug(str(made.get("title", "")), path), taken)
    taken.add(slugs.folded(str(made["slug"])))
    made.setdefault("guid", f"tag:{settings.feeds.tag or NO_TAG}:{path.removesuffix('.md')}")
    made.setdefault("addedDateTime", now.replace(microsecond=0))
    made["rawDigest"] = raw_digest
    return _ordered(made)


def add_date(matter: Mapping[str, Any], now: datetime, before: Mapping[str, Any]) -> dict[str, Any]:
    """Add addedDateTime to an entry of another system that has no date, since builds need one."""
    if "publishedDateTime" in matter or "addedDateTime" in matter:
        return dict(matter)
    moment = before.get("addedDateTime", now.replace(microsecond=0))
    return _ordered({**matter, "addedDateTime": moment})


def _ordered(matter: Mapping[str, Any]) -> dict[str, Any]:
    return {key: matter[key] for key in (*frontmatter.ORDER, *matter) if key in matter}
