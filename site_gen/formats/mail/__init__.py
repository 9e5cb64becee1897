"""Editions as e-mail newsletters, called letters."""
