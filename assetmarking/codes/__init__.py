"""Codes and numbers that stand on things: our own, the EIN, identification numbers."""
