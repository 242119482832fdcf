"""A search meets what is recorded or reported later (docs/decisions/0043)."""
