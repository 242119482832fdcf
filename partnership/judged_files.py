"""Whether a file is what it says and nothing besides: by its content, whatever name and browser say."""

import re
import zipfile
from typing import IO

from django.utils.translation import gettext as _

from partnership.refusals import Refusal

RUNS = re.compile(rb"/S\s*/(?:JavaScript|Launch)\b|/JavaScript\s*(?:<<|\d+\s+\d+\s+R)")
"""What makes a PDF do something, where it stands openly: an action, or the list of its scripts."""


class FileRefused(Refusal):
    """`code` names the fault for a form's summary."""

    def __init__(self, sentence: str, code: str) -> None:
        super().__init__(sentence)
        self.code = code


def judge_pdf(file: IO[bytes], name: str) -> None:
    """It ends where it says, is no archive as well, and starts nothing."""
    file.seek(0)
    content = file.read()
    behind = content[-2048:].rpartition(b"%%EOF")
    is_whole = bool(behind[1]) and not behind[2].strip(b"\0\t\n\r ")
    if not is_whole or zipfile.is_zipfile(file):
        raise two_faced(name)
    if RUNS.search(content):
        raise FileRefused(
            _(
                "„%(name)s“ ist ein PDF, das ein Programm startet. Speichern Sie es noch einmal ohne "
                "Skripte, zum Beispiel mit „Drucken als PDF“."
            )
            % {"name": name},
            "runs",
        )


def two_faced(name: str) -> FileRefused:
    return FileRefused(
        _(
            "„%(name)s“ enthält mehr als eine Datei oder ist nicht vollständig. Speichern Sie sie noch "
            "einmal, am besten als PDF."
        )
        % {"name": name},
        "wrong_kind",
    )
