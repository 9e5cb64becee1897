"""Publishes a built site to the target that the settings name."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from site_gen.deliver.ready import refuse_unready
from site_gen.deliver.site_files import Changes, site_files
from site_gen.plugins.load import Plugins
from site_gen.problems import Problem, UsageError, did_you_mean, shown
from site_gen.settings import Settings
from site_gen.settings.delivery import TARGETS


def target_name(settings: Settings, given: str, plugins: Plugins) -> str:
    """Return the target's name: as given, else from the settings. Raises UsageError for none."""
    name = given or settings.publish.target
    known = (*TARGETS, *plugins.offers("TARGETS", TARGETS))
    if name not in known:
        told = f"there is no target {shown(name)}.{did_you_mean(name, known)}"
        cure = f"set [publish] target to one of {', '.join(known)}"
        text = told if name else "no target is set"
        raise UsageError([Problem("publish/target", text, help=cure)])
    return name


def publish(
    root: Path,
    output: Path,
    settings: Settings,
    name: str,
    now: datetime,
    progress: Callable[[int, int], None],
    plugins: Plugins,
    *,
    dry_run: bool = False,
) -> Changes:
    """Publish the changed files. If interrupted, the same call continues. Raises SiteError."""
    from site_gen.deliver.targets import folder, git_branch, netlify, object_store, rsync

    own = settings.publish
    refuse_unready(root, output, now)
    files = site_files(output, for_netlify=name == "netlify")
    if offer := plugins.offers("TARGETS").get(name):
        options = settings.plugin.get(offer.plugin.name, {})
        changes: Changes = offer.plugin.guard(offer.value)(output, files, options, dry_run=dry_run)
        return changes
    if name == "folder":
        if not own.folder:
            text = "[publish] names no folder"
            raise UsageError([Problem("publish/settings", text, help="add folder = ...")])
        target = root / own.folder
        folder.check_target(target, root, output)
        if dry_run:
            return folder.plan(files, target)
        return folder.publish(output, files, target, progress)
    if name == "s3":
        return object_store.publish(output, files, own.s3, progress, dry_run=dry_run)
    if name == "branch":
        message = f"Publish {settings.title}"
        return git_branch.publish(root, output, files, own.branch, message, dry_run=dry_run)
    if name == "rsync":
        return rsync.publish(output, files, own.rsync, dry_run=dry_run)
    if dry_run:
        text = "Netlify says what it needs only to a deploy"
        raise UsageError([Problem("usage/dry-run", text, help="leave --dry-run out: what it "
                                  "has already is not sent again")])  # fmt: skip
    return netlify.publish(output, files, own.netlify, progress)
