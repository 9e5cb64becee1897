"""An object store that speaks S3 (AWS, Cloudflare R2, Backblaze, MinIO ...), through obstore.

Objects are compared by their ETag, which is the MD5 of what is sent in one piece; so a run that
was cut off goes on where it was, whatever it had written down.
"""

import hashlib
import importlib
import re
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

from site_gen.deliver.secrets import hidden, secret
from site_gen.deliver.site_files import Changes, SiteFile, changes
from site_gen.deliver.targets.folder import MARK
from site_gen.deliver.web_api import AGAIN
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
"""What heals an answer that no second try does, by its code or status."""


def publish(
    output: Path,
    files: Mapping[str, SiteFile],
    settings: ObjectStoreSettings,
    progress: Callable[[int, int], None],
    *,
    dry_run: bool = False,
) -> Changes:
    """Assets first, then pages, then removals: a page never names what is not there.

    Raises SiteError where the store refuses or does not answer.
    """
    obstore, store = _store(settings)
    prefix = f"{settings.prefix.strip('/')}/" if settings.prefix.strip("/") else ""
    try:
        before = _listed(obstore, store, prefix)
        there = _there(obstore, store, prefix)
        found = changes(files, {p: tag for p, tag in there.items() if p in before or p in files})
        if dry_run:
            return found
        if found.assets or found.pages or found.removed:
            _list(obstore, store, prefix, before | files.keys())  # cut off, nothing is forgotten
        total = len(found.assets) + len(found.pages)
        for number, file in enumerate((*found.assets, *found.pages), 1):
            data = (output / file.path).read_bytes()
            if hashlib.md5(data, usedforsecurity=False).hexdigest() != file.md5:
                told = f"{file.path} changed while it was published"
                raise SiteError([Problem("publish/changed", told, help="run the command again")])
            attributes = {"Content-Type": file.content_type}
            if file.cache_control:
                attributes["Cache-Control"] = file.cache_control
            obstore.put(store, f"{prefix}{file.path}", data, attributes=attributes,
                        use_multipart=False)  # fmt: skip
            progress(number, total)
        for path in found.removed:
            obstore.delete(store, f"{prefix}{path}")
        if before != files.keys():
            _list(obstore, store, prefix, files.keys())
    except SiteError:
        raise
    except Exception as error:  # the library has one class a service
        raise SiteError([_refusal(error)]) from None
    return found


def _refusal(error: Exception) -> Problem:
    """What the store says, of its XML the code and the text, and what heals it."""
    text = str(error)
    code = _CODE.search(text)
    said = _MESSAGE.search(text)
    told = " ".join(found[1] for found in (code, said) if found)
    if not told:
        told = text.splitlines()[0] if text else type(error).__name__
    cure = AGAIN
    for pattern, mended in _CURES:
        if pattern.search(text):
            cure = mended
            break
    return Problem("publish/store", f"the store says: {clean(hidden(told), 300)}", help=cure)


def _listed(obstore: Any, store: Any, prefix: str) -> set[str]:
    """What an earlier call put there, by the list that it left: nothing else is ever removed."""
    try:
        data = bytes(obstore.get(store, f"{prefix}{MARK}").bytes())
    except FileNotFoundError:
        return set()
    return parse_paths(data.decode("utf-8", "replace"))


def _list(obstore: Any, store: Any, prefix: str, paths: Iterable[str]) -> None:
    obstore.put(store, f"{prefix}{MARK}", format_list(paths),
                attributes={"Content-Type": "text/plain"}, use_multipart=False)  # fmt: skip


def _there(obstore: Any, store: Any, prefix: str) -> dict[str, str]:
    found = {}
    for rows in obstore.list(store, prefix=prefix.rstrip("/") or None):
        for row in rows:
            found[str(row["path"]).removeprefix(prefix)] = str(row["e_tag"] or "").strip('"')
    return found


def _store(settings: ObjectStoreSettings) -> tuple[Any, Any]:
    if not settings.bucket:
        told = "[publish.s3] names no bucket"
        raise UsageError([Problem("publish/settings", told, help="add bucket = ...")])
    try:
        obstore = importlib.import_module("obstore")
        stores = importlib.import_module("obstore.store")
    except ImportError:
        told = "publishing to an object store needs the package obstore"
        cure = "install it: pip install 'site-gen[s3]'"
        raise UsageError([Problem("publish/package", told, help=cure)]) from None
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
