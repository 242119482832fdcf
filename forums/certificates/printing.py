"""All certificates of an event at once, for whoever hands them out on paper."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from forums.certificates.queries import valid_ones
from forums.door.door_list import by_surname
from forums.models import Certificate, Event

PRINTED_AT_ONCE = 25
"""In one file: a page takes a fifth of a second, and twice that on a busy machine."""


@dataclass(frozen=True, slots=True)
class Span:
    """`words` is '1 bis 50', or empty where one file holds them all."""

    page: int
    words: str


def to_print(event: Event) -> list[Certificate]:
    """By surname, as they lie on the table."""
    rows = valid_ones(Certificate.objects.filter(event=event))
    rows = rows.select_related("event__partnership", "registration").order_by("pk")
    return sorted(rows, key=lambda certificate: by_surname(certificate.registration.name))


def spans_to_print(event: Event) -> list[Span]:
    count = valid_ones(Certificate.objects.filter(event=event)).count()
    if count <= PRINTED_AT_ONCE:
        return [Span(1, "")] if count else []
    return [
        Span(
            number,
            _("%(first)d bis %(last)d") % {"first": first + 1, "last": min(first + PRINTED_AT_ONCE, count)},
        )
        for number, first in enumerate(range(0, count, PRINTED_AT_ONCE), start=1)
    ]
