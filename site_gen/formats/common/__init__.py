"""What several formats share: views, visibility, links, plain text, wording."""
