"""Somebody has a labelled thing before them and writes to its owner; the portal stands between the two."""
