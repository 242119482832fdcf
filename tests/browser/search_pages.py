"""Fahndung. What a search has found wants a second factor just entered: see test_searching.py."""

PAGES = {"paula": ["search:search"], "lea": ["search:settings"]}
NO_PAGES = {
    "search:results",
    "search:results_file",
    "search:owner",
    "search:photos",
    "search:hits",
    "search:hit_done",
}
