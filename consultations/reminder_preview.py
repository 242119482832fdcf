"""The mails to firms as they would go out under a plan, about an invented appointment. Nothing is stored."""

import datetime
from dataclasses import dataclass

from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.utils import translation
from django.utils.translation import gettext as _

from consultations import mails
from consultations.models import Appointment, Lane, OfficeHours, Reminder, ReminderPlan
from consultations.queries import bookable_offices
from partnership.mail_content import build_message
from partnership.models import Office, OutgoingMail, Partnership
from partnership.times import at_wall_time, berlin_day

Kind = Reminder.Kind
LANGUAGES = ("de", "en")
DAYS_AHEAD = 7
TOKEN = "beispiel"  # noqa: S105 it opens nothing


@dataclass(frozen=True, slots=True)
class ExampleMail:
    title: str
    language: str
    subject: str
    text: str


def example_mails(
    plan: ReminderPlan, *, partnership: Partnership, now: datetime.datetime
) -> list[ExampleMail]:
    titles = {
        Kind.CONFIRM: _("Noch nicht bestätigt"),
        Kind.WEEK: _("Frühe Erinnerung"),
        Kind.DAY: _("Späte Erinnerung"),
    }
    names = {"de": _("deutsch"), "en": _("englisch")}
    return [
        _example(plan, kind, language, f"{title}, {names[language]}", partnership=partnership, now=now)
        for kind, title in titles.items()
        for language in LANGUAGES
    ]


def _example(
    plan: ReminderPlan,
    kind: Reminder.Kind,
    language: str,
    title: str,
    *,
    partnership: Partnership,
    now: datetime.datetime,
) -> ExampleMail:
    appointment = _appointment(partnership, language, now=now)
    text = plan.text_for(kind, language)
    with translation.override(language):
        if kind == Kind.CONFIRM:
            mail_kind = "booking_unconfirmed"
            content = mails.unconfirmed_content(appointment, token=TOKEN, text=text)
        else:
            mail_kind = "booking_reminder"
            content = mails.reminder_content(appointment, kind=kind, token=TOKEN, text=text)
    mail = OutgoingMail(
        partnership=partnership,
        kind=mail_kind,
        to_name=appointment.contact_name,
        to_email=appointment.contact_email,
        language=language,
        content=content,
    )
    message = build_message(mail)
    return ExampleMail(title=title, language=language, subject=str(message.subject), text=str(message.body))


def _appointment(partnership: Partnership, language: str, *, now: datetime.datetime) -> Appointment:
    day = berlin_day(now) + datetime.timedelta(days=DAYS_AHEAD)
    start = at_wall_time(day, datetime.time(10))
    office = bookable_offices(partnership).order_by("pk").first() or Office(
        name=_("Haus der Kammer"), street="Musterstraße 1", postcode="04109", city="Leipzig"
    )
    appointment = Appointment(
        partnership=partnership,
        reference="G-234567",
        period=DateTimeTZRange(start, start + datetime.timedelta(minutes=45)),
        confirm_by=at_wall_time(day - datetime.timedelta(days=5), datetime.time(18)),
        contact_name="Alice Muster",
        contact_email="alice@firma.example",
        page_language=language,
    )
    appointment.lane = Lane(hours=OfficeHours(partnership=partnership, office=office, day=day))
    return appointment
