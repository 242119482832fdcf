"""Heute: an officer's day, read in a fixed number of statements and laid out as ready strings."""
