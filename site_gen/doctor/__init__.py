"""What is around a site: programs, rights, places, settings that surprise.

In: a site's folder, the environment. Out: findings, each with what to do; nothing is changed.
May import: the engine and below; never preview, check or deliver.
"""
