"""Search without a server: an index in small files."""
