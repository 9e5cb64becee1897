"""robots.txt (RFC 9309)."""

from collections.abc import Callable
from urllib.parse import urlsplit
from urllib.robotparser import RobotFileParser

from site_gen.basics import files

MAX_BYTES = 500 * 1024
MAX_DELAY = 10.0

Get = Callable[[str], tuple[int, bytes]]
"""Returns status and body of an address; status 0 if nothing answered."""


class Robots:
    """The rules of all hosts in one run."""

    def __init__(self, agent: str, get: Get) -> None:
        self._agent = agent
        self._get = get
        self._hosts: dict[str, RobotFileParser] = {}
        self._down: dict[str, int] = {}

    def allow(self, url: str) -> bool:
        """Whether our user agent may fetch `url`."""
        return self._of(url).can_fetch(self._agent, url)

    def refusal(self, url: str) -> tuple[str, str]:
        """Why `url` may not be fetched, and the cure. In doubt, everything is forbidden."""
        parts = urlsplit(url)
        status = self._down.get(f"{parts.scheme}://{parts.netloc}/robots.txt")
        if status is None:
            return "robots.txt forbids it", "save the page from a browser instead"
        if status == 0:
            return "its host does not answer", "check the address, or try again later"
        return f"its host answers {status} when asked for robots.txt", "try again later"

    def delay(self, url: str) -> float:
        """Seconds between two requests to the host of `url`; at least one."""
        asked = self._of(url).crawl_delay(self._agent)
        return min(MAX_DELAY, max(1.0, float(asked or 0)))

    def _of(self, url: str) -> RobotFileParser:
        parts = urlsplit(url)
        root = f"{parts.scheme}://{parts.netloc}"
        if root not in self._hosts:
            self._hosts[root] = self._read(f"{root}/robots.txt")
        return self._hosts[root]

    def _read(self, url: str) -> RobotFileParser:
        rules = RobotFileParser(url)
        status, body = self._get(url)
        if 200 <= status < 300:
            lines = files.clean(body[:MAX_BYTES].decode("utf-8", "replace")).splitlines()
        elif 400 <= status < 500:
            lines = []
        else:
            # unreachable: RFC 9309, 2.3.1.4 asks to assume that everything is forbidden
            lines = ["User-agent: *", "Disallow: /"]
            self._down[url] = status
        rules.parse(lines)
        rules.modified()
        return rules
