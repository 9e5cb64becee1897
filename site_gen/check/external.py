"""`--external`: requests the linked addresses. The only part of a check that uses the network.

Hosts are requested in parallel, each with one request at a time, HEAD first, as its robots.txt
allows. Verdicts are kept with their time in `.site_gen/links.json`.
"""

import contextlib
import json
import os
import re
import time
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Literal, NamedTuple
from urllib.parse import urljoin

import msgspec

from site_gen.basics import urls
from site_gen.check import addresses
from site_gen.check.verdict import FILE, SLOW, Verdict, kept_verdicts
from site_gen.convert.sources.fetch import REDIRECTS, Answer, Fetcher
from site_gen.problems import SiteError

DAY = 86_400
FRESH = {"ok": 14 * DAY, "refused": 14 * DAY, "unreachable": 600, "private": 0}
"""Seconds for which a kind of verdict is valid; one day for the others."""
PARALLEL_HOSTS = 8
MAX_REDIRECTS = 8
RETRIES = 2
PERMANENT = (301, 308)
_LOGIN = re.compile(r"/(?:users?/)?(?:log-?in|sign-?in|signon|sso|auth|account/login)\b", re.I)
_CONSENT = re.compile(r"consent|cookie|gdpr|privacy-?gate", re.I)
_PAYWALL = re.compile(rb'"isAccessibleForFree"\s*:\s*"?(?:false|False)')
_MISSING = re.compile(rb"<title[^<>]*>[^<]{0,60}(?:\b404\b|page not found|not found</)", re.I)


class Step(NamedTuple):
    """One response of a chain of redirects: the address, the status, and the seconds it took."""

    url: str
    status: int
    seconds: float


def judge(steps: list[Step], body: bytes = b"") -> Verdict:
    """Return the verdict of a chain of responses. `body` is that of the last one, if requested."""
    first, last = steps[0], steps[-1]
    status, target = last.status, last.url
    permanent = all(step.status in PERMANENT for step in steps[:-1])
    moved = target if len(steps) > 1 else ""

    def verdict(kind: str) -> Verdict:
        return Verdict(kind, 0, status, moved, permanent)

    if status in (404, 410):
        return verdict("gone")
    if status == 401 or (moved and _LOGIN.search(urls.parts(target).path)):
        return verdict("login")
    if status == 402 or _PAYWALL.search(body):
        return verdict("paywall")
    if status in (403, 405, 406, 418, 429, 451) or 400 <= status < 500:
        return verdict("refused")
    if status >= 500:
        return verdict("failing")
    if _MISSING.search(body[:20_000]):
        return verdict("gone")
    if moved and not _CONSENT.search(target):
        if addresses.same(first.url) == addresses.same(target):
            upgrade = first.url.startswith("http:") and target.startswith("https:")
            return verdict("https" if upgrade else "ok")
        if _is_front_page(target) and not _is_front_page(first.url):
            return verdict("home")
        return verdict("moved")
    return verdict("slow" if sum(step.seconds for step in steps) > SLOW else "ok")


def _is_front_page(url: str) -> bool:
    """Whether an address is the front page of a site, or of one language (`/en/`)."""
    parts = urls.parts(url)
    return not parts.query and re.fullmatch(r"(?:/[a-z]{2}(?:-[a-z]{2})?)?/?(?:index\.html?)?",
                                            parts.path, re.I) is not None  # fmt: skip


Clock = Callable[[], float]


def follow(
    fetcher: Fetcher, url: str, method: Literal["HEAD", "GET"], clock: Clock = time.monotonic
) -> tuple[list[Step], Answer]:
    """Request an address and follow its redirects; return all steps and the last answer.

    Raises SiteError.
    """
    steps: list[Step] = []
    at = url
    while True:
        start = clock()
        answer = fetcher.ask(at, method)
        steps.append(Step(at, answer.status, clock() - start))
        place = answer.headers.get("location")
        if answer.status not in REDIRECTS or not place or len(steps) > MAX_REDIRECTS:
            return steps, answer
        try:
            at = urljoin(at, place)
        except ValueError:  # an invalid address such as "http://["
            return steps, answer


class Prober:
    """Requests the addresses of one host, one after the other."""

    def __init__(self, fetcher: Fetcher, clock: Clock = time.monotonic) -> None:
        self._fetcher = fetcher
        self._clock = clock

    def probe(self, url: str) -> Verdict:
        """Return the verdict of an address. An error of the network is a verdict, too."""
        for attempt in range(RETRIES + 1):
            start = self._clock()
            try:
                verdict = self._request(url)
            except SiteError as error:
                reason = "; ".join(problem.message for problem in error.problems)
                if "is a private address" in reason:
                    return Verdict("private", 0)
                if "robots.txt forbids" in reason:
                    return Verdict("refused", 0, reason="robots.txt forbids it")
                verdict = Verdict("unreachable", 0, reason=reason.removeprefix(f"{url}: "))
            temporary = verdict.kind in ("failing", "unreachable")
            if not temporary or attempt == RETRIES or self._clock() - start > SLOW:
                return verdict
        raise AssertionError("unreachable")

    def _request(self, url: str) -> Verdict:
        steps, answer = follow(self._fetcher, url, "HEAD", self._clock)
        html = "html" in answer.headers.get("content-type", "html")
        if answer.status >= 400 or (answer.status == 200 and html):
            # Some servers answer HEAD wrongly; the text of a page shows whether it has a paywall.
            steps, answer = follow(self._fetcher, url, "GET", self._clock)
        return judge(steps, answer.data)


def verdicts(
    root: Path,
    links: Iterable[str],
    now: int,
    *,
    offline: bool,
    fetcher: Callable[[], Fetcher],
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> dict[str, Verdict]:
    """Return the verdicts of addresses, requesting those without a fresh one (none if offline).

    `now` is the Unix time in seconds. `progress` gets the numbers of addresses done and to do.
    """
    kept = kept_verdicts(root)
    wanted = sorted(set(links))
    due = [url for url in wanted if not offline and not is_fresh(kept.get(url), now)]
    by_host: dict[str, list[str]] = {}
    for url in due:
        by_host.setdefault(urls.parts(url).netloc, []).append(url)

    def ask(host_urls: list[str]) -> dict[str, Verdict]:
        prober = Prober(fetcher())
        return {url: prober.probe(url) for url in host_urls}

    done = 0
    with ThreadPoolExecutor(PARALLEL_HOSTS) as pool:
        for answers in pool.map(ask, by_host.values()):
            for url, verdict in answers.items():
                verdict.at = now
                kept[url] = verdict
            done += len(answers)
            progress(done, len(due))
    if due:
        _save(root, kept)
    return {url: kept[url] for url in wanted if url in kept}


def is_fresh(verdict: Verdict | None, now: int) -> bool:
    """Whether a verdict is still valid at this Unix time in seconds."""
    return verdict is not None and 0 <= now - verdict.at < FRESH.get(verdict.kind, DAY)


def _save(root: Path, kept: dict[str, Verdict]) -> None:
    folder = root / ".site_gen"
    folder.mkdir(exist_ok=True)
    part = folder / f"{FILE}.{os.getpid()}.part"
    with contextlib.suppress(OSError):
        part.write_text(json.dumps(msgspec.to_builtins(kept), indent=1, sort_keys=True), "utf-8")
        part.replace(folder / FILE)
