"""Changes the Content-Security-Policy of a page so that it allows the preview's script."""

#: The directives that the client needs, each with those that a browser uses if it is missing.
NEEDED = (
    ("script-src-elem", "script-src", "default-src"),
    ("connect-src", "default-src"),
    ("worker-src", "child-src", "script-src", "default-src"),
)
OWN = "'self'"


def amend(policy: str) -> str:
    """Add 'self' to one or several policies (separated by commas) where the client needs it."""
    return ", ".join(_amend_one(one) for one in policy.split(","))


def _amend_one(policy: str) -> str:
    directives: dict[str, list[str]] = {}
    for words in map(str.split, policy.split(";")):
        if words:
            directives.setdefault(words[0].lower(), words[1:])
    for chain in NEEDED:
        ruling = next((name for name in chain if name in directives), None)
        if ruling is not None and OWN not in map(str.lower, directives[ruling]):
            kept = [source for source in directives[ruling] if source.lower() != "'none'"]
            directives[chain[0]] = [*kept, OWN]
    return "; ".join(" ".join((name, *sources)) for name, sources in directives.items())
