"""The number of an appointment, as it is said on the telephone."""

import secrets

from consultations.models import OfficeHours

REFERENCE_ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"


def draw_reference(hours: OfficeHours) -> str:
    """The office's initial and six characters that are not confused on the telephone."""
    code = "".join(secrets.choice(REFERENCE_ALPHABET) for _n in range(6))
    return f"{hours.office.city[:1].upper()}-{code}"
