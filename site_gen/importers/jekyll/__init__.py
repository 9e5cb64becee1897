"""Jekyll: `_config.yml`, `_posts/`, collections: an old site comes out."""
