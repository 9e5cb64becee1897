"""What all systems read with: the folder, front matter, names, dates, addresses, plain values."""
