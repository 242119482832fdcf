"""A log is begun at the visit and stays a draft until it is released."""

from django.db import transaction
from django.utils.translation import gettext as _

from consultations.models import Checklist, VisitReport
from consultations.visits.outcomes import note_visited
from partnership.journal import log_act
from partnership.models import Person
from partnership.refusals import Refusal

State = VisitReport.State
SHARED = "SELECT * FROM consultations_visitreport WHERE id = %s FOR SHARE"
"""Django knows no lock that several may hold at once."""


class Released(Refusal):
    def __init__(self) -> None:
        super().__init__(
            _("Der Bericht ist freigegeben und bleibt, wie er ist. Legen Sie eine Berichtigung an.")
        )


class NoChecklist(Refusal):
    def __init__(self) -> None:
        super().__init__(
            _("Es gilt noch keine Checkliste. Die Leitung setzt unter „Checkliste“ eine in Kraft.")
        )


@transaction.atomic
def begin_log(*, visit_id: int, seen: str = "", actor: Person) -> VisitReport:
    """Takes the checklist in force, and notes that the visit takes place; `seen` as of the outcome. Whoever
    begins second gets the draft that is there."""
    appointment = note_visited(visit_id=visit_id, seen=seen, actor=actor)
    reports = VisitReport.objects.filter(visit=visit_id)
    if draft := reports.filter(state=State.DRAFT).first():
        return draft
    if reports.exists():
        raise Released
    in_force = Checklist.objects.filter(police=appointment.police_id, state=Checklist.State.IN_FORCE)
    checklist = in_force.first()
    if checklist is None:
        raise NoChecklist
    report = VisitReport.objects.create(
        visit_id=visit_id, police_id=appointment.police_id, checklist=checklist, begun_by=actor
    )
    log_act(
        act="visit_log.begun",
        thing=report,
        actor=actor,
        organisation=appointment.police,
        detail={"edition": checklist.number},
    )
    return report


def share_draft(report_id: int) -> VisitReport:
    """For saving an entry: others save beside it, whoever releases waits. Raises Released."""
    return _draft_of(list(VisitReport.objects.raw(SHARED, [report_id])))


def lock_draft(report_id: int) -> VisitReport:
    """For what concerns the log as a whole. Raises Released."""
    rows = VisitReport.objects.select_for_update(no_key=True, of=("self",)).select_related("police")
    return _draft_of(list(rows.filter(pk=report_id)))


def _draft_of(rows: list[VisitReport]) -> VisitReport:
    if not rows:
        raise Refusal(_("Dieses Protokoll ist inzwischen gelöscht."))
    if not rows[0].is_draft:
        raise Released
    return rows[0]
