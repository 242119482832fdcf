"""How long what the registry knows of people stays, and what they are told of it."""
