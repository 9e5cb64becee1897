"""What a conversion did: receipts, the report, what was kept and cut."""
