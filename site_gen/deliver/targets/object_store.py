"""Publishes to an object store with an S3 API (AWS, Cloudflare R2, MinIO ...), through obstore.

Objects are compared by their ETag, which is the MD5 of an object sent in one part. So an
interrupted run can continue.
"""

import hashlib
import importlib
import re
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

from site_gen.deliver.secrets import secret, without_secrets
from site_gen.deliver.site_files import Changes, SiteFile, changes
from site_gen.deliver.targets.folder import MARK
from site_gen.deliver.web_api import TRY_AGAIN
from site_gen.output.file_list import format_list, parse_paths
from site_gen.problems import Problem, SiteError, UsageError, clean
from site_gen.settings import ObjectStoreSettings

_CODE = re.compile(r"<Code>([^<]{1,100})</Code>")
_MESSAGE = re.compile(r"<Message>([^<]{1,300})</Message>")
_CURES = (
    (re.compile(r"NoSuchBucket"), "make the bucket, or correct publish.s3.bucket"),
    (
        re.compile(r"AccessDenied|InvalidAccessKeyId|SignatureDoesNotMatch|InvalidToken"
                   r"|\b40[13]\b"),
        "look at SITE_GEN_S3_KEY_ID and SITE_GEN_S3_SECRET, and at what they may do there",
    ),
    (
        re.compile(r"PermanentRedirect|AuthorizationHeaderMalformed"),
        "look at publish.s3.region and publish.s3.endpoint: the bucket is elsewhere",
    ),
)  # fmt: skip
"""Advice for permanent errors, by code or status."""


def publish(
    output: Path,
    files: Mapping[str, SiteFile],
    settings: ObjectStoreSettings,
    progress: Callable[[int, int], None],
    *,
    dry_run: bool = False,
) -> Changes:
    """Send assets, then pages, then remove files, so that a page never refers to a missing file.

    Raises SiteError if the store refuses or does not answer.
    """
    obstore, store = _store(settings)
    prefix = f"{settings.prefix.strip('/')}/" if settings.prefix.strip("/") else ""
    try:
        before = _read_list(obstore, store, prefix)
        published = _published(obstore, store, prefix)
        found = changes(
            files, {p: tag for p, tag in published.items() if p in before or p in files}
        )
        if dry_run:
            return found
        if found.assets or found.pages or found.removed:
            # Before sending, so that the next run knows all our files even if this one stops.
            _write_list(obstore, store, prefix, before | files.keys())
        total = len(found.assets) + len(found.pages)
        for number, file in enumerate((*found.assets, *found.pages), 1):
            data = (output / file.path).read_bytes()
            if hashlib.md5(data, usedforsecurity=False).hexdigest() != file.md5:
                text = f"{file.path} changed while it was published"
                raise SiteError([Problem("publish/changed", text, help="run the command again")])
            attributes = {"Content-Type": file.content_type}
            if file.cache_control:
                attributes["Cache-Control"] = file.cache_control
            obstore.put(store, f"{prefix}{file.path}", data, attributes=attributes,
                        use_multipart=False)  # fmt: skip
            progress(number, total)
        for path in found.removed:
            obstore.delete(store, f"{prefix}{path}")
        if before != files.keys():
            _write_list(obstore, store, prefix, files.keys())
    except SiteError:
        raise
    except Exception as error:  # obstore raises many kinds of errors
        raise SiteError([_problem_of(error)]) from None
    return found


def _problem_of(error: Exception) -> Problem:
    """Return the problem with the code and message in the store's XML, and advice."""
    text = str(error)
    code = _CODE.search(text)
    said = _MESSAGE.search(text)
    told = " ".join(found[1] for found in (code, said) if found)
    if not told:
        told = text.splitlines()[0] if text else type(error).__name__
    cure = TRY_AGAIN
    for pattern, mended in _CURES:
        if pattern.search(text):
            cure = mended
            break
    return Problem(
        "publish/store", f"the store says: {clean(without_secrets(told), 300)}", help=cure
    )


def _read_list(obstore: Any, store: Any, prefix: str) -> set[str]:
    """Return the paths that earlier runs published, from their list. Nothing else is removed."""
    try:
        data = bytes(obstore.get(store, f"{prefix}{MARK}").bytes())
    except FileNotFoundError:
        return set()
    return parse_paths(data.decode("utf-8", "replace"))


def _write_list(obstore: Any, store: Any, prefix: str, paths: Iterable[str]) -> None:
    obstore.put(store, f"{prefix}{MARK}", format_list(paths),
                attributes={"Content-Type": "text/plain"}, use_multipart=False)  # fmt: skip


def _published(obstore: Any, store: Any, prefix: str) -> dict[str, str]:
    found = {}
    for rows in obstore.list(store, prefix=prefix.rstrip("/") or None):
        for row in rows:
            found[str(row["path"]).removeprefix(prefix)] = str(row["e_tag"] or "").strip('"')
    return found


def _store(settings: ObjectStoreSettings) -> tuple[Any, Any]:
    if not settings.bucket:
        text = "[publish.s3] names no bucket"
        raise UsageError([Problem("publish/settings", text, help="add bucket = ...")])
    try:
        obstore = importlib.import_module("obstore")
        stores = importlib.import_module("obstore.store")
    except ImportError:
        text = "publishing to an object store needs the package obstore"
        cure = "install it: pip install 'site-gen[s3]'"
        raise UsageError([Problem("publish/package", text, help=cure)]) from None
    options: dict[str, Any] = {
        "access_key_id": secret("S3_KEY_ID"),
        "secret_access_key": secret("S3_SECRET"),
        "region": settings.region,
    }
    if settings.endpoint:
        options["endpoint"] = settings.endpoint
        options["virtual_hosted_style_request"] = False
    client = {"allow_http": settings.endpoint.startswith("http://"), "timeout": "60s"}
    return obstore, stores.S3Store(settings.bucket, client_options=client, **options)
