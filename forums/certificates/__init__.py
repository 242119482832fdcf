"""Proof of taking part: issued for whoever was there, verified by anybody who holds the paper."""
