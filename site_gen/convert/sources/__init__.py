"""What the editor named, as raw documents: files, folders, addresses, lists of feeds."""
