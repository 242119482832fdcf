"""What is to take place: series that come back, the education plan, and what became of it in numbers."""
