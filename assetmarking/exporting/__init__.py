"""A firm's things as files."""
