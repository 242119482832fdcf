"""Fahndung. What a search has found wants a second factor just entered: test_searching.py walks through it."""

PAGES = {"paula": ["search:search"], "lea": ["search:settings"]}
NO_PAGES = {"search:results", "search:results_file", "search:owner", "search:photos"}
