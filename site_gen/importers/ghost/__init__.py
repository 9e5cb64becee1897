"""Ghost: an export (JSON) and the files beside it: an old site comes out."""
