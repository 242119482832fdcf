"""Before buying second-hand, anybody may ask whether a number is reported as stolen."""
