"""What a conversion did: receipts, the report, kept against cut."""
