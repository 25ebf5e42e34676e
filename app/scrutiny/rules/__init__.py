"""What a scrutiny asks of paper tables, of a closing, of a count and of its publication."""
