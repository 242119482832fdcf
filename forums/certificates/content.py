"""All that a certificate says, as plain values: what is sealed, and shown from then on."""

import datetime
from collections.abc import Sequence

from django.utils import translation

from forums.certificates.proven import ProvenPart, sum_of_hours
from forums.event_words import kind_of, place_of
from forums.models import Registration
from partnership.sealed_content import Content
from partnership.times import berlin_day

FORMAT = 1


def content_of(
    registration: Registration, proven: Sequence[ProvenPart], *, number: str, issued_on: datetime.date
) -> Content:
    """In German. Fetch the registration with its event, organiser, partnership, house and partners."""
    event = registration.event
    with translation.override("de"):
        return {
            "format": FORMAT,
            "number": number,
            "issued_on": issued_on.isoformat(),
            "name": registration.name,
            "event": {
                "title": event.title,
                "kind": kind_of(event),
                "first_day": berlin_day(event.starts_at).isoformat(),
                "last_day": berlin_day(event.ends_at).isoformat(),
                "place": place_of(event),
            },
            "parts": [_part(row) for row in proven],
            "hours": str(sum_of_hours(proven)),
            "issuer": event.organiser.name,
            "partners": [partner.name for partner in event.partners.all()],
            "partnership": event.partnership.name,
        }


def _part(row: ProvenPart) -> Content:
    return {
        "key": row.part.pk,
        "title": row.part.title,
        "day": berlin_day(row.part.starts_at).isoformat(),
        "hours": str(row.hours),
        "halves": row.halves,
        "of_halves": row.of_halves,
    }
