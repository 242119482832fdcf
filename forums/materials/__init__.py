"""What participants and others may read of an event: files, brochures, pages elsewhere."""
