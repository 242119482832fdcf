"""Who may read a report, and what a digest turned out to be, as ready words."""

from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from consultations.models import ReportReader, Visit, VisitReport
from consultations.visit_reports.sealing import is_intact
from partnership.models import FirmContact
from partnership.times import berlin_day, long_date, numeric_date, today

Kind = ReportReader.Kind


@dataclass(frozen=True, slots=True)
class ReaderRow:
    """`until`: a third party's last day. `can_end` is false for the firm itself."""

    pk: int
    who: str
    email: str
    how: str
    until: str
    can_end: bool


def readers_for_police(visit: Visit) -> list[ReaderRow]:
    """The firm first, before the first release as it will be; then whom police and firm have added."""
    rows = list(_standing(visit).select_related("person", "firm"))
    firm = next((row for row in rows if row.kind == Kind.FIRM), None) or _firm_to_be(visit)
    others = [row for row in rows if row.kind != Kind.FIRM]
    return [*_of_firm(firm), *(_reader(row) for row in others)]


def third_parties(visit: Visit) -> list[ReaderRow]:
    """To whom the firm has opened it."""
    return [_reader(row) for row in _standing(visit).filter(kind=Kind.THIRD)]


def digest_words(found: VisitReport | None) -> str:
    if found is None:
        return _("Diese Prüfsumme gehört zu keinem Bericht, den Sie lesen dürfen.")
    words = {
        "number": found.reference,
        "edition": found.number,
        "day": long_date(berlin_day(found.released_at)) if found.released_at else "",
    }
    if found.erased_at:
        return (
            _(
                "Diese Prüfsumme gehört zum Bericht %(number)s, Fassung %(edition)s, freigegeben am %(day)s. "
                "Sein Inhalt ist nach Ablauf der Frist gelöscht."
            )
            % words
        )
    if not is_intact(found):
        return (
            _(
                "Diese Prüfsumme steht beim Bericht %(number)s, Fassung %(edition)s, doch sein Inhalt passt "
                "nicht mehr dazu. Melden Sie das der Leitung und dem Datenschutz."
            )
            % words
        )
    return (
        _(
            "Diese Prüfsumme gehört zum Bericht %(number)s, Fassung %(edition)s, freigegeben am %(day)s. "
            "Der Bericht im Portal ist unverändert."
        )
        % words
    )


def _standing(visit: Visit) -> QuerySet[ReportReader]:
    rows = visit.readers.filter(ended_at__isnull=True)
    return rows.exclude(kind=Kind.THIRD, until__lt=today()).order_by("pk")


def _firm_to_be(visit: Visit) -> ReportReader:
    appointment, request = visit.appointment, visit.request
    return ReportReader(
        kind=Kind.FIRM,
        person=appointment.person or request.person,
        firm=appointment.firm or request.firm,
    )


def _of_firm(reader: ReportReader) -> list[ReaderRow]:
    """The person who asked, and everybody who speaks for the firm today."""
    people = {reader.person} if reader.person else set()
    speaks = FirmContact.objects.filter(
        firm=reader.firm_id, person__isnull=False, email_confirmed_at__isnull=False
    )
    if reader.firm_id:
        people |= {contact.person for contact in speaks.select_related("person") if contact.person}
    return [
        ReaderRow(
            pk=0,
            who=str(person),
            email=person.email,
            how=_("mit Anmeldung"),
            until="",
            can_end=False,
        )
        for person in sorted(people, key=lambda person: person.pk)
    ]


def _reader(reader: ReportReader) -> ReaderRow:
    return ReaderRow(
        pk=reader.pk,
        who=reader.name,
        email=reader.email,
        how=_("vor Ort bestätigt, liest mit Code")
        if reader.kind == Kind.RECIPIENT
        else _("vom Betrieb freigegeben, liest mit Code"),
        until=numeric_date(reader.until) if reader.until else "",
        can_end=True,
    )
