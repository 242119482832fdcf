"""Saving what was seen: each entry as it is made, by any number of people at once.

An entry names the version it was opened with. A version that is no longer the last one is not written, and
nothing of it is lost: the page shows both.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from consultations.models import ChecklistArea, ChecklistItem, Finding, Recommendation, VisitReport, Wording
from consultations.visit_reports.drafts import lock_draft, share_draft
from partnership.journal import log_act
from partnership.models import Person, Photo
from partnership.photos.receiving import receive_photo, remove_photos_of
from partnership.refusals import Refusal

State = Finding.State
WITHOUT_LOOKING = (State.NOT_CHECKED, State.NOT_APPLICABLE)


class SavedMeanwhile(Refusal):
    def __init__(self) -> None:
        super().__init__(
            _("Inzwischen ist dieser Eintrag anders gespeichert. Ihre Eingabe ist noch da: Wählen Sie.")
        )


@dataclass(frozen=True, kw_only=True)
class Advice:
    """`wording_id`: of the text library; `recommendation_id`: that it changes. Neither: in own words."""

    text: str
    priority: int
    standard: str = ""
    wording_id: int | None = None
    recommendation_id: int | None = None


@dataclass(frozen=True, kw_only=True)
class Observation:
    """Severity and advice count for flaws only."""

    state: str
    severity: int | None = None
    place: str = ""
    note: str = ""
    advice: list[Advice] = field(default_factory=list)


@dataclass(frozen=True, kw_only=True)
class FreeTitle:
    """What a free finding is called, and under which area it stands, if any."""

    title: str
    area_id: int | None = None


@transaction.atomic
def save_finding(
    *, report_id: int, item_id: int, seen: int, observation: Observation, actor: Person
) -> Finding:
    """At an item of the checklist. `seen` is 0 for an item without a finding. Raises SavedMeanwhile."""
    report = share_draft(report_id)
    item = ChecklistItem.objects.get(pk=item_id, checklist=report.checklist_id)
    finding = report.findings.select_for_update(no_key=True, of=("self",)).filter(item=item).first()
    finding = finding or Finding(report=report, item=item, version=0)
    _write(finding, seen, _values(observation), observation.advice, actor)
    return finding


@transaction.atomic
def add_free_finding(*, report_id: int, free: FreeTitle, observation: Observation, actor: Person) -> Finding:
    """After the others."""
    report = share_draft(report_id)
    last = report.findings.filter(item__isnull=True).aggregate(last=Max("order"))["last"]
    finding = Finding(report=report, version=0, order=0 if last is None else last + 1)
    _write(finding, 0, _values(observation) | _named(report, free), observation.advice, actor)
    return finding


@transaction.atomic
def change_free_finding(
    *, finding_id: int, seen: int, free: FreeTitle, observation: Observation, actor: Person
) -> Finding:
    """Raises SavedMeanwhile."""
    report, finding = _free(finding_id)
    _write(finding, seen, _values(observation) | _named(report, free), observation.advice, actor)
    return finding


@transaction.atomic
def remove_free_finding(*, finding_id: int, seen: int, actor: Person) -> None:
    """With its recommendations and photos. Raises SavedMeanwhile."""
    report, finding = _free(finding_id)
    if finding.version != seen:
        raise SavedMeanwhile
    remove_photos_of(Finding, [finding.pk])
    finding.delete()
    _log("visit_log.removed", report, actor)


@transaction.atomic
def add_photo(*, finding: Finding, upload: "UploadedFile[Any]", actor: Person) -> Photo:
    """Raises Released, PhotoRefused and Refusal."""
    share_draft(finding.report_id)
    return receive_photo(thing=finding, upload=upload, by=actor)


@transaction.atomic
def move_free_finding(*, finding_id: int, up: bool, actor: Person) -> None:
    """One place up or down; at the end nothing happens."""
    report_id = Finding.objects.values_list("report", flat=True).get(pk=finding_id)
    report = lock_draft(report_id)
    rows = list(report.findings.filter(item__isnull=True))
    place = [row.pk for row in rows].index(finding_id)
    target = place + (-1 if up else 1)
    if target not in range(len(rows)):
        return
    rows.insert(target, rows.pop(place))
    for order, row in enumerate(rows):
        row.order = order
    Finding.objects.bulk_update(rows, ["order"])
    _log("visit_log.moved", report, actor)


@transaction.atomic
def set_rest(*, report_id: int, area_id: int, state: str, actor: Person) -> int:
    """What in the area has no finding yet; gives how many it were."""
    if state not in WITHOUT_LOOKING:
        raise Refusal(_("Ohne hinzusehen geht nur „nicht geprüft“ oder „trifft nicht zu“."))
    report = share_draft(report_id)
    area = ChecklistArea.objects.get(pk=area_id, checklist=report.checklist_id)
    known = report.findings.filter(item__isnull=False).values("item")
    rest = [
        Finding(report=report, item=item, state=state, saved_by=actor)
        for item in area.items.exclude(pk__in=known)
    ]
    Finding.objects.bulk_create(rest, ignore_conflicts=True)
    if rest:
        _log("visit_log.rest_set", report, actor, part=str(area))
    return len(rest)


def _values(observation: Observation) -> dict[str, Any]:
    is_flaw = observation.state in Finding.FLAWS
    return {
        "state": observation.state,
        "severity": observation.severity if is_flaw else None,
        "place": observation.place,
        "note": observation.note,
    }


def _named(report: VisitReport, free: FreeTitle) -> dict[str, Any]:
    areas = ChecklistArea.objects.filter(checklist=report.checklist_id)
    return {"title": free.title, "area": areas.filter(pk=free.area_id or 0).first()}


def _free(finding_id: int) -> tuple[VisitReport, Finding]:
    found = Finding.objects.filter(pk=finding_id, item__isnull=True)
    report_id = found.values_list("report", flat=True).first()
    report = share_draft(report_id) if report_id else None
    finding = found.select_for_update(no_key=True, of=("self",)).first()
    if report is None or finding is None:
        raise Refusal(_("Diese Feststellung ist inzwischen entfernt."))
    return report, finding


def _write(
    finding: Finding, seen: int, values: dict[str, Any], advice: Iterable[Advice], actor: Person
) -> None:
    if finding.version != seen:
        raise SavedMeanwhile
    is_new = finding.pk is None
    changed = is_new or any(getattr(finding, name) != value for name, value in values.items())
    for name, value in values.items():
        setattr(finding, name, value)
    if is_new:
        _insert(finding, actor)
    is_flaw = finding.state in Finding.FLAWS
    if not _advise(finding, list(advice) if is_flaw else []) and not changed:
        return
    if not is_new:
        finding.version += 1
        finding.saved_at, finding.saved_by = timezone.now(), actor
        finding.save()
    part = finding.item.code if finding.item else _("weitere Feststellung")
    _log("visit_log.saved", finding.report, actor, part=part)


def _insert(finding: Finding, actor: Person) -> None:
    finding.version, finding.saved_at, finding.saved_by = 1, timezone.now(), actor
    try:
        with transaction.atomic():
            finding.save()
    except IntegrityError as error:
        if "finding_once_for_item" not in str(error):
            raise
        raise SavedMeanwhile from None


def _advise(finding: Finding, wanted: list[Advice]) -> bool:
    """Afterwards exactly this is advised; gives whether it was otherwise before."""
    there = {row.pk: row for row in finding.recommendations.all()} if finding.pk else {}
    library = set(Wording.objects.filter(item=finding.item).values_list("pk", flat=True)) if wanted else set()
    changed = False
    for advice in wanted:
        row = there.pop(advice.recommendation_id or 0, None)
        is_new = row is None
        if row is None:
            wording = advice.wording_id if advice.wording_id in library else None
            row = Recommendation(report_id=finding.report_id, finding=finding, wording_id=wording, version=0)
        values = {"text": advice.text, "priority": advice.priority, "standard": advice.standard}
        if is_new or any(getattr(row, name) != value for name, value in values.items()):
            for name, value in values.items():
                setattr(row, name, value)
            row.version += 1
            row.save()
            changed = True
    if there:
        finding.recommendations.filter(pk__in=there).delete()
    return changed or bool(there)


def _log(act: str, report: VisitReport, actor: Person, **detail: str) -> None:
    """What was found stands in no log entry."""
    log_act(act=act, thing=report, actor=actor, organisation=report.police, detail=detail)
