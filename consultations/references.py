"""The number of an appointment, as it is said on the telephone."""

import secrets

from consultations.models import OfficeHours

REFERENCE_ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"


def draw_reference(hours: OfficeHours) -> str:
    """The office's initial and six characters that are not confused on the telephone."""
    return f"{hours.office.city[:1].upper()}-{_code()}"


def draw_visit_reference() -> str:
    """V for a visit; no house stands for it."""
    return f"V-{_code()}"


def _code() -> str:
    return "".join(secrets.choice(REFERENCE_ALPHABET) for _n in range(6))
