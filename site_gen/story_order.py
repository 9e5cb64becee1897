"""The order of stories where nobody said another: in an edition, and in its reading budgets."""

from site_gen.model import Card


def rank(card: Card) -> tuple[int, int, float, str]:
    """The key to sort by: heat, quality, time (newest first) and identity."""
    return -(card.heat or 0), -(card.quality or 0), -card.date.timestamp(), card.id
