"""Police look numbers up, open what they find, and the log knows of it before they see it."""
