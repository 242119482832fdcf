"""What is said on the telephone, by the call's reason. Ready strings."""

import datetime
from dataclasses import dataclass

from django.utils.translation import gettext as _

from consultations.models import Appointment, OfficeHours, PhoneTask
from consultations.phone_tasks import TELL_OF_A_LOST_TIME, too_late_at
from partnership.times import berlin_day, clock_span, clock_text, long_date, short_moment

State = Appointment.State
Reason = PhoneTask.Reason
GONE = (State.CANCELLED, State.EXPIRED)
HELD_ALREADY = (State.ATTENDED, State.MISSED)


@dataclass(frozen=True, slots=True)
class CallWords:
    """`sentence` stands in the list, `script` is read aloud, sentence by sentence."""

    badge: str
    sentence: str
    script: list[str]


def words_of(task: PhoneTask, *, now: datetime.datetime) -> CallWords:
    """A cancelled appointment is what has to be told, whatever the call was asked for."""
    if task.appointment.state in HELD_ALREADY:
        return CallWords(_("Gespräch vorbei"), _of_lost_time(task), _script_of_lost_time(task, now=now))
    if task.reason in TELL_OF_A_LOST_TIME or task.appointment.state == State.CANCELLED:
        return CallWords(_badge_of_lost_time(task), _of_lost_time(task), _script_of_lost_time(task, now=now))
    words = _facts(task, now=now)
    if task.reason == Reason.OFFERED:
        return _offered(words)
    if task.reason == Reason.BOUNCED:
        return _bounced(task, words)
    return _unconfirmed(words)


def hours_of(task: PhoneTask) -> OfficeHours:
    assert task.appointment.lane is not None
    return task.appointment.lane.hours


def day_words(moment: datetime.datetime, *, now: datetime.datetime) -> str:
    """'heute, 10:30 Uhr' or 'Do 26.11.2026, 10:30 Uhr'."""
    if berlin_day(moment) == berlin_day(now):
        return _("heute, %(clock)s") % {"clock": clock_text(moment)}
    return short_moment(moment)


def _unconfirmed(words: dict[str, str]) -> CallWords:
    return CallWords(
        badge=_("nicht bestätigt"),
        sentence=_("%(short)s, %(office)s: gebucht, aber noch nicht bestätigt.") % words,
        script=[
            _greeting(words),
            _("Er ist noch nicht bestätigt: %(new)s, %(office)s.") % words,
            _("Wir halten Ihnen die Zeit nur bis %(spoken_until)s frei.") % words,
            _("Möchten Sie kommen? Dann bestätige ich den Termin jetzt für Sie."),
        ],
    )


def _bounced(task: PhoneTask, words: dict[str, str]) -> CallWords:
    said = [
        _greeting(words),
        _("Unsere E-Mail an %(email)s kam nicht an. Stimmt die Adresse?") % words,
    ]
    if task.appointment.state == State.EXPIRED:
        said.append(_("Der Termin %(when)s wurde deshalb nicht bestätigt, die Zeit ist wieder frei.") % words)
        said.append(_("Ich kann Ihnen neue Zeiten nennen."))
    elif task.appointment.state == State.UNCONFIRMED:
        said.append(_("Der Termin %(when)s, %(office)s, ist deshalb noch nicht bestätigt.") % words)
        said.append(_("Möchten Sie kommen? Dann bestätige ich den Termin jetzt für Sie."))
    else:
        said += [_("Der Termin bleibt: %(when)s.") % words, *_way(words)]
    return CallWords(
        badge=_("E-Mail kam nicht an"),
        sentence=_("%(short)s, %(office)s: unsere E-Mail an %(email)s kam nicht an.") % words,
        script=said,
    )


def _offered(words: dict[str, str]) -> CallWords:
    return CallWords(
        badge=_("Warteliste"),
        sentence=_("%(short)s, %(office)s ist frei geworden und bis %(until)s reserviert.") % words,
        script=[
            _("Guten Tag, hier ist die %(chamber)s.") % words,
            _("Die Firma %(firm)s steht auf der Warteliste für eine Beratung durch die Polizei.") % words,
            _("Jetzt ist eine Zeit frei geworden: %(new)s.") % words,
            *_way(words),
            _("Wir halten sie Ihnen bis %(spoken_until)s frei. Möchten Sie diese Zeit?") % words,
        ],
    )


def _badge_of_lost_time(task: PhoneTask) -> str:
    if task.appointment.state == State.EXPIRED:
        return _("nicht bestätigt")
    return _("abgesagt") if task.appointment.state == State.CANCELLED else _("verschoben")


def _of_lost_time(task: PhoneTask) -> str:
    appointment = task.appointment
    words = {
        "before": short_moment(task.before or appointment.starts_at),
        "now": short_moment(appointment.starts_at),
        "office": hours_of(task).office.name,
    }
    if appointment.state in GONE:
        return _("%(before)s, %(office)s: findet nicht statt.") % words
    return _("%(before)s findet nicht statt, neu: %(now)s, %(office)s.") % words


def _script_of_lost_time(task: PhoneTask, *, now: datetime.datetime) -> list[str]:
    appointment = task.appointment
    before = task.before or appointment.starts_at
    words = _facts(task, now=now) | {
        "before": _spoken(before, now=now),
        "reason": (task.why or appointment.cancel_reason).rstrip("."),
    }
    said = [_greeting(words)]
    if before <= now:
        said.append(_("Der Termin %(before)s konnte nicht stattfinden.") % words)
    elif appointment.state in GONE:
        said.append(_("Den Termin %(before)s, %(office)s, müssen wir absagen.") % words)
    else:
        said.append(_("Der Termin %(before)s kann nicht stattfinden.") % words)
    if words["reason"]:
        said.append(_("Der Grund: %(reason)s.") % words)
    said.append(_("Wir bitten um Entschuldigung."))
    if appointment.state in GONE:
        return [*said, _("Ich kann Ihnen andere Zeiten nennen.")]
    said += [_("Wir haben für Sie eine neue Zeit eingetragen: %(new)s.") % words, *_way(words)]
    if appointment.state == State.UNCONFIRMED:
        return [*said, _("Bitte bestätigen Sie die neue Zeit mit dem Link in unserer E-Mail.")]
    return [*said, _("Passt Ihnen das?")]


def _greeting(words: dict[str, str]) -> str:
    return (
        _(
            "Guten Tag, hier ist die %(chamber)s. "
            "Es geht um den Termin bei der Polizei, den die Firma %(firm)s gebucht hat."
        )
        % words
    )


def _way(words: dict[str, str]) -> list[str]:
    place = [_("Der Ort: %(office)s, %(address)s.") % words]
    return [*place, _("Der Raum: %(room)s.") % words] if words["room"] else place


def _facts(task: PhoneTask, *, now: datetime.datetime) -> dict[str, str]:
    appointment, hours, until = task.appointment, hours_of(task), too_late_at(task)
    span = clock_span(appointment.starts_at, appointment.ends_at)
    return {
        "chamber": appointment.host.short_name if appointment.host else "",
        "firm": appointment.firm_name,
        "email": appointment.contact_email,
        "short": short_moment(appointment.starts_at),
        "when": _spoken(appointment.starts_at, now=now),
        "new": f"{_spoken_day(appointment.starts_at, now=now)}, {span}",
        "until": day_words(until, now=now),
        "spoken_until": f"{_spoken_day(until, now=now)}, {clock_text(until)}",
        "office": hours.office.name,
        "address": hours.office.address,
        "room": hours.room.name if hours.room else "",
    }


def _spoken(moment: datetime.datetime, *, now: datetime.datetime) -> str:
    """'heute um 10:30 Uhr' or 'am Dienstag, 24. November 2026, um 10:30 Uhr'."""
    if berlin_day(moment) == berlin_day(now):
        return _("heute um %(clock)s") % {"clock": clock_text(moment)}
    return _("am %(day)s, um %(clock)s") % {"day": long_date(berlin_day(moment)), "clock": clock_text(moment)}


def _spoken_day(moment: datetime.datetime, *, now: datetime.datetime) -> str:
    day = berlin_day(moment)
    return _("heute") if day == berlin_day(now) else long_date(day)
