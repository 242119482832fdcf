"""How numbers are compared: what people misread and mistype is found all the same, and said why."""
