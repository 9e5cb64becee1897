"""Raw documents from files, folders, addresses and lists of feeds."""
