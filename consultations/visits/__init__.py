"""Visits at a firm's premises: asking, planning, offering times, going there."""
