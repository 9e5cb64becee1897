"""WordPress: an export (WXR) and the uploads beside it: an old site comes out."""
