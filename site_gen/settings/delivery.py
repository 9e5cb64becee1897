"""The tables of `site-gen send` and `site-gen publish`. Secrets come only from the environment."""

from typing import Literal

from site_gen.settings.base import Table

CHANNELS = ("smtp", "buttondown", "listmonk", "mailchimp", "kit", "ghost")
TARGETS = ("folder", "s3", "netlify", "branch", "rsync")
LOOPBACK = ("localhost", "127.0.0.1", "::1")
"""Names and addresses of this machine."""


class SmtpSettings(Table, frozen=True, kw_only=True):
    """A mail server; its password is SITE_GEN_SMTP_PASSWORD in the environment.

    security     how the connection is encrypted; "none" only on this machine
    recipients   a file beside site.toml, one address a line; never in `content/`
    unsubscribe  https address or mailto:; {address} is replaced by the recipient's
    """

    host: str = ""
    port: int = 587
    security: Literal["starttls", "tls", "none"] = "starttls"
    user: str = ""
    sender: str = ""
    reply_to: str = ""
    recipients: str = "subscribers.txt"
    unsubscribe: str = ""


class ButtondownSettings(Table, frozen=True, kw_only=True):
    """Buttondown; its token is SITE_GEN_BUTTONDOWN_TOKEN."""

    url: str = "https://api.buttondown.com"


class ListmonkSettings(Table, frozen=True, kw_only=True):
    """listmonk; the token of its API user is SITE_GEN_LISTMONK_TOKEN."""

    url: str = ""
    user: str = "site_gen"
    lists: tuple[int, ...] = ()


class MailchimpSettings(Table, frozen=True, kw_only=True):
    """Mailchimp; its key is SITE_GEN_MAILCHIMP_TOKEN, which ends with the name of its data
    centre."""

    url: str = ""
    audience: str = ""
    from_name: str = ""
    reply_to: str = ""


class KitSettings(Table, frozen=True, kw_only=True):
    """Kit; its key is SITE_GEN_KIT_TOKEN. `template` is the number of an e-mail template."""

    url: str = "https://api.kit.com"
    template: int = 0


class GhostSettings(Table, frozen=True, kw_only=True):
    """Ghost; the Admin API key of a custom integration is SITE_GEN_GHOST_KEY."""

    url: str = ""
    newsletter: str = "default-newsletter"


class SendSettings(Table, frozen=True, kw_only=True):
    """Where letters are sent. An empty `channel` is the newsletter service's; plugins may add
    channels."""

    channel: str = ""
    smtp: SmtpSettings = SmtpSettings()
    buttondown: ButtondownSettings = ButtondownSettings()
    listmonk: ListmonkSettings = ListmonkSettings()
    mailchimp: MailchimpSettings = MailchimpSettings()
    kit: KitSettings = KitSettings()
    ghost: GhostSettings = GhostSettings()


class ObjectStoreSettings(Table, frozen=True, kw_only=True):
    """An S3-compatible store; its keys are SITE_GEN_S3_KEY_ID and SITE_GEN_S3_SECRET."""

    bucket: str = ""
    prefix: str = ""
    region: str = "us-east-1"
    endpoint: str = ""


class NetlifySettings(Table, frozen=True, kw_only=True):
    """A Netlify site, by its id; the token is SITE_GEN_NETLIFY_TOKEN."""

    site: str = ""
    url: str = "https://api.netlify.com"


class BranchSettings(Table, frozen=True, kw_only=True):
    """A git branch that is served, as by GitHub Pages."""

    remote: str = "origin"
    branch: str = "gh-pages"


class RsyncSettings(Table, frozen=True, kw_only=True):
    """A machine, as rsync names it: `user@host:/srv/www/digest`."""

    target: str = ""


class PublishSettings(Table, frozen=True, kw_only=True):
    """Where `publish` sends the site, and whom it notifies. Plugins may add targets."""

    target: str = ""
    folder: str = ""
    s3: ObjectStoreSettings = ObjectStoreSettings()
    netlify: NetlifySettings = NetlifySettings()
    branch: BranchSettings = BranchSettings()
    rsync: RsyncSettings = RsyncSettings()
    announce: tuple[Literal["websub", "indexnow"], ...] = ()
    indexnow_key: str = ""
    indexnow_url: str = ""
