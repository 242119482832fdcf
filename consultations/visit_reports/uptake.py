"""What became of the advice: the firm tells it of each recommendation, and the last word counts."""

import datetime
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from consultations.models import Recommendation, Uptake, Visit, VisitReport
from consultations.numbers.counting import quarter_of
from consultations.visit_reports.content import all_advice
from consultations.visit_reports.queries import newest
from partnership.journal import log_act
from partnership.models import Person
from partnership.refusals import Refusal
from partnership.times import berlin_day

State = Uptake.State
MOST_PHOTOS = 3


@dataclass(frozen=True, kw_only=True)
class Told:
    """With the day for `done` and `planned`, with the reason for `declined`."""

    state: str
    done_on: datetime.date | None = None
    planned_until: datetime.date | None = None
    reason: str = ""


@transaction.atomic
def tell_uptake(
    *,
    report_id: int,
    key: UUID,
    told: Told,
    person: Person | None = None,
    now: datetime.datetime | None = None,
) -> Uptake:
    """Of a recommendation of the version in force. The log says that, and nothing of what. Raises Refusal."""
    now = now or timezone.now()
    visit_id = VisitReport.objects.values_list("visit", flat=True).get(pk=report_id)
    Visit.objects.select_for_update(no_key=True).get(pk=visit_id)
    report = newest(VisitReport.objects.filter(visit=visit_id, state=VisitReport.State.RELEASED)).get()
    advised = {row["key"] for row, _point in all_advice(report.content)} if report.content else set()
    if str(key) not in advised:
        raise Refusal(_("Diese Empfehlung steht nicht mehr im Bericht. Laden Sie die Seite neu."))
    _refuse_other_days(told, today=berlin_day(now))
    uptake = Uptake.objects.filter(visit=visit_id, key=key).first() or Uptake(visit_id=visit_id, key=key)
    if uptake.pk and quarter_of(berlin_day(uptake.told_at)) < quarter_of(berlin_day(now)):
        uptake.state_before = uptake.state
    uptake.state, uptake.reason = told.state, told.reason.strip()
    uptake.done_on, uptake.planned_until = told.done_on, told.planned_until
    uptake.told_at, uptake.told_by = now, person
    uptake.save()
    log_act(
        act="uptake.told",
        thing=report,
        actor=person,
        organisation=report.police,
        detail={"number": report.reference},
    )
    return uptake


@transaction.atomic
def ask_no_more(*, visit_id: int, actor: Person | None = None) -> None:
    """About this visit. Twice changes nothing."""
    visit = Visit.objects.select_for_update(no_key=True).select_related("request__police").get(pk=visit_id)
    if visit.uptake_quiet_since is None:
        visit.uptake_quiet_since = timezone.now()
        visit.save(update_fields=["uptake_quiet_since"])
        log_act(act="uptake.quiet", thing=visit.request, actor=actor, organisation=visit.request.police)


def visits_with_open_advice() -> QuerySet[Visit]:
    """Whose report in force advises something of which nobody has told that it is done or declined."""
    reports = VisitReport.objects.filter(state=VisitReport.State.RELEASED)
    later = reports.filter(visit=OuterRef("report__visit"), number__gt=OuterRef("report__number"))
    settled = Uptake.objects.filter(
        visit=OuterRef("report__visit"), key=OuterRef("key"), state__in=Uptake.SETTLED
    )
    advice = Recommendation.objects.filter(
        ~Exists(later),
        ~Exists(settled),
        report__visit=OuterRef("pk"),
        report__state=VisitReport.State.RELEASED,
        report__erased_at__isnull=True,
    )
    return Visit.objects.filter(Exists(advice))


def _refuse_other_days(told: Told, *, today: datetime.date) -> None:
    if told.done_on and told.done_on > today:
        raise Refusal(_("Der Tag liegt in der Zukunft. Geben Sie dann „geplant“ an."))
    if told.planned_until and told.planned_until < today:
        raise Refusal(_("Der Tag ist schon vorbei. Geben Sie einen an, der noch kommt."))
