"""All checks of `doctor`, in the order of the output."""

from collections.abc import Callable, Iterator
from pathlib import Path

from site_gen import settings as settings_room
from site_gen.doctor import delivery, machine, plugins, site
from site_gen.doctor.finding import Finding
from site_gen.settings import Settings

CHECKS: tuple[Callable[[Path, Settings | None], Iterator[Finding]], ...] = (
    machine.programs,
    machine.zones,
    machine.pictures,
    machine.git,
    machine.disk,
    machine.memory,
    machine.watching,
    site.settings,
    site.surprises,
    site.surroundings,
    site.left_behind,
    plugins.plugins,
    delivery.publishing,
    delivery.sending,
)


def examine(root: Path) -> list[Finding]:
    """Run all checks. Writes nothing."""
    found = settings_room.load(root).settings
    return [finding for check in CHECKS for finding in check(root, found)]
