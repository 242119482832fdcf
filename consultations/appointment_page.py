"""An appointment as the workplace shows it: rows of a list, facts, deadlines."""

import datetime
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from consultations.deadlines import change_deadline
from consultations.displaced import Settled
from consultations.models import Appointment, OfficeHours
from consultations.nearness import listed
from consultations.phone_tasks import those_who_read_mail
from consultations.whereabouts import place_words
from partnership.phone_numbers import dialled
from partnership.times import berlin_day, clock, short_date, short_moment

State = Appointment.State


@dataclass(frozen=True, slots=True)
class AppointmentRow:
    appointment: Appointment
    day: str
    clock: str
    place: str
    tel: str
    is_over: bool


def row_of(appointment: Appointment, *, now: datetime.datetime) -> AppointmentRow:
    day = berlin_day(appointment.starts_at)
    return AppointmentRow(
        appointment=appointment,
        day=f"{short_date(day)}{day.year}",
        clock=f"{clock(appointment.starts_at)}–{clock(appointment.ends_at)}",
        place=place_words(appointment),
        tel=dialled(appointment.contact_phone),
        is_over=appointment.ends_at <= now,
    )


def words_of_cancelling(what: str, cancelled: list[Appointment]) -> str:
    """What happened, who is told by mail, and who has to be called."""
    readers = those_who_read_mail(cancelled)
    to_call = [a for a in cancelled if a.pk not in readers]
    words = [what]
    if len(to_call) < len(cancelled):
        words.append(_("Wer eine E-Mail-Adresse hat, bekommt eine E-Mail."))
    if to_call:
        whom = listed(f"{a.firm_name} ({a.contact_phone or _('ohne Telefon')})" for a in to_call)
        words.append(_("Ohne E-Mail, bitte anrufen: %(whom)s.") % {"whom": whom})
    return " ".join(words)


def words_of_settling(what: str, settled: Settled) -> str:
    """What happened, how many bookings were moved and cancelled, and who has to be called."""
    words = [what]
    if settled.moved:
        count = len(settled.moved)
        words.append(
            ngettext("%(count)d Termin verschoben.", "%(count)d Termine verschoben.", count)
            % {"count": count}
        )
    if settled.cancelled:
        count = len(settled.cancelled)
        words.append(
            ngettext("%(count)d Termin abgesagt.", "%(count)d Termine abgesagt.", count) % {"count": count}
        )
    told = [*settled.moved, *settled.cancelled]
    if those_who_read_mail(told):
        words.append(_("Wer eine E-Mail-Adresse hat, bekommt eine E-Mail."))
    if settled.calls:
        called = [task.appointment for task in settled.calls]
        whom = listed(f"{a.firm_name} ({a.contact_phone or _('ohne Telefon')})" for a in called)
        words.append(_("Bitte anrufen: %(whom)s.") % {"whom": whom})
    return " ".join(words)


def hours_of(appointment: Appointment) -> OfficeHours | None:
    return appointment.lane.hours if appointment.lane else None


def deadlines_of(appointment: Appointment, *, now: datetime.datetime) -> list[tuple[str, str]]:
    """Until when what is still possible; empty for what is over or cancelled."""
    found = []
    if appointment.state == State.UNCONFIRMED and appointment.confirm_by:
        found.append((_("Zu bestätigen bis"), short_moment(appointment.confirm_by)))
    if appointment.state == State.PROPOSED and appointment.held_until:
        found.append((_("Angebot gilt bis"), short_moment(appointment.held_until)))
    if appointment.state in Appointment.UPCOMING and appointment.starts_at > now:
        until = change_deadline(appointment)
        words = short_moment(until)
        found.append(
            (
                _("Firma ändert selbst bis"),
                words if until > now else _("%(until)s, also nicht mehr") % {"until": words},
            )
        )
    return found


def state_sentence(appointment: Appointment) -> str:
    """What the state means for whoever has the firm on the telephone."""
    if appointment.emptied_at:
        return _("Firma, Ansprechperson und Anliegen sind nach Ablauf der Frist oder auf Antrag gelöscht.")
    match appointment.state:
        case State.UNCONFIRMED:
            return _("Die Firma hat den Link in ihrer E-Mail noch nicht geöffnet oder nicht bestätigt.")
        case State.PROPOSED:
            return _("Aus der Warteliste angeboten. Die Firma hat noch nicht geantwortet.")
        case State.CANCELLED:
            return _cancelled_words(appointment)
        case State.EXPIRED:
            return _expired_words(appointment)
    return ""


def _cancelled_words(appointment: Appointment) -> str:
    if appointment.cancel_reason:
        return _("Grund: %(reason)s") % {"reason": appointment.cancel_reason}
    return _("Die Firma hat selbst abgesagt.")


def _expired_words(appointment: Appointment) -> str:
    if hasattr(appointment, "offer"):
        return _("Das Angebot aus der Warteliste wurde nicht angenommen.")
    return _("Die Buchung wurde nicht rechtzeitig bestätigt. Die Zeit ist wieder frei.")
