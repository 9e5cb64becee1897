"""When to do what: snapshot, memo, keys, pool, publish, build."""
