"""Tool lists of firms: read, compared with what is there, written on the person's word."""
