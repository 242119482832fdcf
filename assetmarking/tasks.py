"""What workers and the beat run: a scan each."""
