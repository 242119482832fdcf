"""Whether the portal does its work: what is looked at, who is told, what technicians see."""
