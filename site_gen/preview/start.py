"""Starts the preview: socket, server, watcher and build loop."""

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
from site_gen.preview.static_host import StaticHost
from site_gen.preview.tabs import Tabs
from site_gen.preview.visitors import Visitors
from site_gen.preview.watch import SCAN_SECONDS, Watcher
from site_gen.problems import Problem, UsageError

SWITCH_SECONDS = 0.001
"""The thread switch interval of Python, so that requests are answered during a build."""

CRASH_LOG = Path(".site_gen") / "crash.log"


@dataclass(frozen=True, slots=True)
class Setup:
    """What to preview, and where.

    reload  whether pages reload by themselves
    editor  the address that opens a file in the editor: see `Tabs`
    poll    seconds between scans, without file events; None to use events
    """

    root: Path
    inputs: Inputs
    host: str = "127.0.0.1"
    port: int = 8000
    reload: bool = True
    editor: str = ""
    poll: float | None = None


class Console(Protocol):
    """The output of the preview, called in the main thread."""

    def serving(self, url: str, *, built: bool) -> None:
        """Report that the server answers at `url`; `built` if there is a last good output."""

    def warn(self, text: str) -> None:
        """Show a warning."""

    def show_build(self, result: loop.BuildResult) -> None:
        """Report that a build is done."""


Hints = Callable[[Options, Report, Callable[[], bool]], dict[str, Any] | None]
"""Returns the findings of a check after a build; its last argument as in `loop.AfterBuild`."""


def start(
    setup: Setup,
    build: loop.Build,
    options: Callable[[str], Options],
    console: Console,
    hints: Hints | None = None,
    read_ahead: Callable[[Options], None] = lambda options: None,
) -> None:
    """Serve the last build at once, then build in a loop until KeyboardInterrupt.

    Returns normally if Python dropped the KeyboardInterrupt (see interrupts.py).

    options     returns the options of one build; its argument is the URL of the server
    read_ahead  called before threads start if there is no last build; requests wait meanwhile
    Raises UsageError if it cannot listen.
    """
    with Interrupts() as interrupts, _bind(setup) as listener:
        port = listener.getsockname()[1]
        url = f"http://{shown_host(setup.host)}:{port}"
        output = output_folder(setup.root, options(url))
        console.serving(url, built=output.is_dir())
        if not output.is_dir():
            read_ahead(options(url))
        client = load_client() if setup.reload else None
        tabs = Tabs(client.version if client else "", setup.editor)
        visitors = Visitors(lambda: len(tabs))
        host = StaticHost(output, client, tabs.state)
        hosts = own_hosts(setup.host, port)
        server = Server(
            listener, hosts, host.answer, tabs if client else None, on_sent=visitors.record
        )

        def after_build(given: Options, report: Report, newer: Callable[[], bool]) -> None:
            if hints and client:
                tabs.send_hints(hints(given, report, newer))

        server.start()
        sys.setswitchinterval(SWITCH_SECONDS)
        with closing(server), closing(watch(setup, console.warn)) as watcher:
            interrupts.on_signal(watcher.stop)
            send = visitors.expecting(tabs.send_build)
            loop.run(
                *(build, lambda: options(url), watcher, send, console.show_build),
                setup.root / CRASH_LOG,
                open_pages=visitors.open_pages,
                wait_for_pages=visitors.wait_for_fetches,
                after_build=after_build,
            )


def _bind(setup: Setup) -> socket.socket:
    try:
        return bind(setup.host, setup.port)
    except OSError as error:
        text = f"cannot listen on {setup.host}, port {setup.port}: {error.strerror or error}"
        cure = "choose an address of this machine with --host, or another port with -p"
        raise UsageError([Problem("serve/listen", text, help=cure)]) from None


def watch(setup: Setup, warn: Callable[[str], None]) -> Watcher:
    """Start watching the inputs of a setup."""
    observe = None if setup.poll else FileEvents
    return Watcher(setup.inputs, interval=setup.poll or SCAN_SECONDS, observe=observe, warn=warn)
