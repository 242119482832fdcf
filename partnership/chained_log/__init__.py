"""Who looked up or opened what: a chain of rows that nobody changes unnoticed (decisions/0024)."""
