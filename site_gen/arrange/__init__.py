"""Articles to the catalog: editions, topics, providers, authors."""
