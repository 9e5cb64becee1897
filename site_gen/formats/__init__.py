"""What is published, one file per format."""
