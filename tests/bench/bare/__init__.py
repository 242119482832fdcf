"""The floor: a bare Django app of the same shape, without any of the portal's rules."""
