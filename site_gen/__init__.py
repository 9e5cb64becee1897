"""site_gen: from raw news documents to a published weekly digest."""

__version__ = "0.1.0"
