"""What marking adds to the workplace's menu."""

from partnership.workplace_nav import WorkplacePage

PAGES: list[WorkplacePage] = []
