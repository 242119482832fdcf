"""What was found and advised at a visit: written on site, sealed, read by the firm."""
