"""What coordinators, and for their own house desks and leads, set up inside the portal."""
