"""What those who were there say of an event, without their names (docs/decisions/0040)."""
