"""Labels: ordered for things or in advance, printed as sheets, stuck on and adopted."""
