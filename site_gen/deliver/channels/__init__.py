"""Services that send letters: one file each, implementing `channel.Channel`."""
