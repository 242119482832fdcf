"""What `manage.py check --deploy` looks at beyond Django's own checks."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Warning

from partnership.retention.list_folder import look_at_folder

HINT = "ERASURE_LIST_DIR, docs/operations.md"


def check_erasure_list(**_given: Any) -> list[CheckMessage]:
    """Without it nothing can be erased on request, and a restore brings back what was erased."""
    if settings.IS_LOCAL:
        return []
    found: list[CheckMessage] = []
    if fault := look_at_folder():
        is_there = fault.status == "not-kept"
        kind, name = (Warning, "portal.W001") if is_there else (Error, "portal.E001")
        found.append(kind(fault.words, hint=HINT, id=name))
    if settings.ERASURE_LIST_DIR.is_relative_to(settings.VAR_DIR):
        words = "Die Löschliste liegt in VAR_DIR, das bei jeder neuen Fassung ersetzt werden darf."
        found.append(Warning(words, hint=HINT, id="portal.W002"))
    return found
