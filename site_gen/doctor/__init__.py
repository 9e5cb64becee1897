"""Checks what a site needs: programs, permissions, secrets; and finds surprising settings.

In: a site's folder, the environment. Out: findings with advice; nothing is changed.
May import: the engine and below; never preview, check or deliver.
"""
