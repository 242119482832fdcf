"""Events as those who run them set them up: what they are, what they are made of, and how they end."""
