"""Smaller copies of pictures, and cards for sharing."""
