"""Brochures: edited by coordinators, released by every partner they name, read by everybody."""
