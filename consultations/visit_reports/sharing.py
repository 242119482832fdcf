"""A firm opens its report to somebody it names, an insurer or a landlord, until a day; and withdraws that."""

import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from consultations.models import ReportReader, VisitReport
from consultations.visit_reports import mails
from consultations.visit_reports.queries import reports_of
from partnership.journal import log_act
from partnership.links import revoke_links
from partnership.models import Person
from partnership.refusals import Refusal
from partnership.times import current_language, today

LONGEST = datetime.timedelta(days=90)
MOST_AT_ONCE = 10
Kind = ReportReader.Kind


@transaction.atomic
def open_to_third_party(
    *, report_id: int, name: str, email: str, until: datetime.date, person: Person
) -> ReportReader:
    """They read the newest version by a code that goes to their mailbox, and cannot pass it on."""
    report = reports_of(person).select_for_update(no_key=True, of=("self",)).filter(pk=report_id).first()
    if report is None:
        raise Refusal(_("Diesen Bericht gibt es nicht mehr, oder er hat eine neue Fassung."))
    if not today() <= until <= today() + LONGEST:
        raise Refusal(_("Wählen Sie einen Tag ab heute, höchstens 90 Tage voraus."))
    open_ones = report.visit.readers.filter(kind=Kind.THIRD, ended_at__isnull=True, until__gte=today())
    if open_ones.filter(email=email.lower()).exists():
        raise Refusal(_("Für diese Adresse ist der Bericht schon freigegeben."))
    if open_ones.count() >= MOST_AT_ONCE:
        raise Refusal(_("Mehr als zehn Freigaben auf einmal gehen nicht. Beenden Sie zuerst eine."))
    report.visit.readers.filter(kind=Kind.THIRD, email=email.lower(), ended_at__isnull=True).update(
        ended_at=timezone.now()
    )
    reader = ReportReader.objects.create(
        visit=report.visit,
        kind=Kind.THIRD,
        name=name,
        email=email.lower(),
        language=current_language(),
        until=until,
        added_by=person,
    )
    log_act(act="report.shared", thing=report, actor=person, organisation=report.police)
    mails.tell_shared(report, reader)
    return reader


@transaction.atomic
def end_reading(*, reader_id: int, report: VisitReport, actor: Person) -> ReportReader:
    """From now on the link shows nothing. Ending it twice changes nothing."""
    reader = ReportReader.objects.select_for_update(no_key=True).get(pk=reader_id, visit=report.visit_id)
    if reader.kind == Kind.FIRM:
        raise Refusal(_("Der Betrieb kann seinen Bericht immer lesen."))
    if reader.ended_at is None:
        reader.ended_at = timezone.now()
        reader.save(update_fields=["ended_at"])
        revoke_links(thing=reader)
        log_act(act="report.reading_ended", thing=report, actor=actor, organisation=report.police)
    return reader
