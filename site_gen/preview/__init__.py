"""The preview server: the build in a loop, beside the editor."""
