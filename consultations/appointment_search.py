"""Finding appointments: by what a caller says of them."""

import datetime
import re

from django.db.models import (
    BooleanField,
    Case,
    ExpressionWrapper,
    F,
    FloatField,
    Q,
    QuerySet,
    When,
)
from django.db.models.functions import Extract

from consultations.models import Appointment
from partnership.models import Office
from partnership.phone_numbers import digits_of, searched_digits
from partnership.times import at_wall_time

REFERENCE = re.compile(r"^([^\W\d_])[\s–-]?([0-9A-Z]{6})$", re.IGNORECASE)
MIDNIGHT = datetime.time()
DAY = datetime.timedelta(days=1)


def search_appointments(
    visible: QuerySet[Appointment],
    *,
    now: datetime.datetime,
    text: str = "",
    office: Office | None = None,
    state: str = "",
    first: datetime.date | None = None,
    last: datetime.date | None = None,
) -> QuerySet[Appointment]:
    """What is coming, soonest first, then what was, latest first.

    `first` and `last` are days, both included. Without days and text, only what is not over yet.
    """
    rows = visible
    if text:
        rows = _about(rows, text)
    if office:
        rows = rows.filter(lane__hours__office=office)
    if state:
        rows = rows.filter(state=state)
    if first:
        rows = rows.filter(period__startswith__gte=at_wall_time(first, MIDNIGHT))
    if last:
        rows = rows.filter(period__startswith__lt=at_wall_time(last + DAY, MIDNIGHT))
    if not (text or first or last):
        rows = rows.filter(period__endswith__gt=now)
    return _nearest_first(rows, now=now)


def _about(rows: QuerySet[Appointment], text: str) -> QuerySet[Appointment]:
    """Every word must be found, each wherever it likes; a number with spaces is one word."""
    rows = rows.annotate(digits=digits_of("contact_phone"))
    if number := REFERENCE.match(text.strip()):
        return rows.filter(Q(reference__iexact=f"{number[1]}-{number[2]}") | _word(text.strip()))
    if digits := searched_digits(text):
        return rows.filter(Q(digits__contains=digits) | _word(text.strip()))
    for word in text.split():
        rows = rows.filter(_word(word))
    return rows


def _word(word: str) -> Q:
    return (
        Q(firm_name__icontains=word)
        | Q(contact_name__icontains=word)
        | Q(contact_email__icontains=word)
        | Q(reference__icontains=word)
        | Q(membership_number__icontains=word)
    )


def _nearest_first(rows: QuerySet[Appointment], *, now: datetime.datetime) -> QuerySet[Appointment]:
    is_over = ExpressionWrapper(Q(period__endswith__lte=now), output_field=BooleanField())
    seconds = Extract(F("period__startswith"), "epoch", output_field=FloatField())
    return rows.annotate(is_over=is_over).order_by(
        "is_over", Case(When(is_over=True, then=-seconds), default=seconds), "pk"
    )
