"""The number of an appointment or a request, as it is said on the telephone."""

from consultations.models import OfficeHours, VisitRequest
from partnership.codes import draw_code


def draw_reference(hours: OfficeHours) -> str:
    """The office's initial and six characters that are not confused on the telephone."""
    return f"{hours.office.city[:1].upper()}-{draw_code()}"


def draw_request_reference() -> str:
    """As an appointment's, with B for Besuch; one that is taken is drawn again."""
    while True:
        reference = f"B-{draw_code()}"
        if not VisitRequest.objects.filter(reference=reference).exists():
            return reference


def draw_visit_reference() -> str:
    """V for a visit; no house stands for it."""
    return f"V-{draw_code()}"
