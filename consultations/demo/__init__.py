"""Invented office hours and bookings for `make demo`."""
