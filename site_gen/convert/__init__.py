"""Raw documents to drafts. Never called by a build."""
