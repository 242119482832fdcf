"""What is kept goes when its time is over: rules, nightly run, holds, list of erasures (decisions/0019)."""
