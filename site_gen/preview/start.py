"""The preview put together: socket, server, watcher and the build in a loop."""

import socket
import sys
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from site_gen.engine.report import Options, Report
from site_gen.engine.site import output_folder
from site_gen.preview import loop
from site_gen.preview.allowed_hosts import own_hosts, shown_host
from site_gen.preview.file_events import FileEvents
from site_gen.preview.interrupts import Interrupts
from site_gen.preview.listener import bind
from site_gen.preview.reload_script import load_client
from site_gen.preview.scan import Inputs
from site_gen.preview.serve import Server
from site_gen.preview.static_host import Host
from site_gen.preview.tabs import Tabs
from site_gen.preview.visitors import Audience
from site_gen.preview.watch import LOOK_SECONDS, Watcher
from site_gen.problems import Problem, UsageError

SWITCH_SECONDS = 0.001
"""How long a build may go on while a request waits: a page is asked for while feeds are made."""

CRASH_LOG = Path(".site_gen") / "crash.log"


@dataclass(frozen=True, slots=True)
class Setup:
    """What is previewed and where. `poll`: seconds between looks, without file events;
    `editor`: the address that opens a file, see `Tabs`."""

    root: Path
    inputs: Inputs
    host: str = "127.0.0.1"
    port: int = 8000
    reload: bool = True
    editor: str = ""
    poll: float | None = None


class Told(Protocol):
    """Who is told how it goes, in the main thread."""

    def serving(self, url: str, *, built: bool) -> None:
        """The server answers at `url`; `built`: it has the last good output to show."""

    def warn(self, text: str) -> None:
        """Something the editor should know."""

    def turn(self, turn: loop.Rebuilt) -> None:
        """A build is done."""


Hints = Callable[[Options, Report, Callable[[], bool]], dict[str, Any] | None]
"""What a closer look at a build finds; the last is whether something newer waits."""


def start(
    setup: Setup,
    build: loop.Build,
    options: Callable[[str], Options],
    told: Told,
    hints: Hints | None = None,
    ahead: Callable[[Options], None] = lambda options: None,
) -> None:
    """Serve what there is at once, then build in a loop; ends by KeyboardInterrupt, or returns
    where Python dropped that.

    options  makes the options of one build, given the server's own URL as base URL
    ahead    is called before there are threads where there is nothing to serve yet: who asks
             meanwhile waits for an answer
    Raises UsageError where nobody can listen.
    """
    with Interrupts() as interrupts, _bound(setup) as listener:
        port = listener.getsockname()[1]
        url = f"http://{shown_host(setup.host)}:{port}"
        output = output_folder(setup.root, options(url))
        told.serving(url, built=output.is_dir())
        if not output.is_dir():
            ahead(options(url))
        client = load_client() if setup.reload else None
        tabs = Tabs(client.version if client else "", setup.editor)
        audience = Audience(lambda: len(tabs))
        host = Host(output, client, tabs.state)
        hosts = own_hosts(setup.host, port)
        server = Server(listener, hosts, host.answer, tabs if client else None, sent=audience.sent)

        def closer(asked: Options, report: Report, newer: Callable[[], bool]) -> None:
            if hints and client:
                tabs.hint(hints(asked, report, newer))

        server.start()
        sys.setswitchinterval(SWITCH_SECONDS)
        with closing(server), closing(watch(setup, told.warn)) as watcher:
            interrupts.stops(watcher.stop)
            loop.run(
                *(build, lambda: options(url), watcher, audience.before(tabs.tell), told.turn),
                setup.root / CRASH_LOG,
                looked_at=audience.open,
                give_way=audience.give_way,
                closer=closer,
            )


def _bound(setup: Setup) -> socket.socket:
    try:
        return bind(setup.host, setup.port)
    except OSError as error:
        told = f"cannot listen on {setup.host}, port {setup.port}: {error.strerror or error}"
        cure = "choose an address of this machine with --host, or another port with -p"
        raise UsageError([Problem("serve/listen", told, help=cure)]) from None


def watch(setup: Setup, say: Callable[[str], None]) -> Watcher:
    """The watcher of a setup, already watching."""
    observe = None if setup.poll else FileEvents
    return Watcher(setup.inputs, look=setup.poll or LOOK_SECONDS, observe=observe, say=say)
