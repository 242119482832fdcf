"""khal, a calendar program on the command line: it imports a feed and shows what it has understood."""

import os
import subprocess
import sys
from pathlib import Path

PROGRAM = [sys.executable, "-m", "khal"]
SETTINGS = """
[calendars]
[[portal]]
path = {folder}/events
[sqlite]
path = {folder}/khal.db
[locale]
local_timezone = Europe/Berlin
default_timezone = Europe/Berlin
timeformat = %H:%M
dateformat = %Y-%m-%d
longdateformat = %Y-%m-%d
datetimeformat = %Y-%m-%d %H:%M
longdatetimeformat = %Y-%m-%d %H:%M
[default]
default_calendar = portal
"""


class Khal:
    """With a calendar of its own in a folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.settings = folder / "khal.conf"
        self.settings.write_text(SETTINGS.format(folder=folder))

    def take(self, feed: str) -> None:
        """Import a feed; what it knows already by its UID is replaced."""
        file = self.folder / "feed.ics"
        file.write_bytes(feed.encode())
        self._run("import", "--batch", "-a", "portal", str(file))

    def shown_on(self, day: str, days: int = 1) -> list[str]:
        """'2027-03-28 10:00-10:45 CONFIRMED title at place', by time."""
        shape = "{start}-{end-time} {status}{title} at {location}"
        out = self._run("list", "--notstarted", "--day-format", "", "--format", shape, day, f"{days}d")
        return [line for line in out.splitlines() if line]

    def _run(self, *arguments: str) -> str:
        command = [*PROGRAM, "-c", str(self.settings), *arguments]
        folders = {"HOME": str(self.folder), "XDG_CACHE_HOME": str(self.folder), "LC_ALL": "C.UTF-8"}
        done = subprocess.run(command, env=os.environ | folders, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        return done.stdout
