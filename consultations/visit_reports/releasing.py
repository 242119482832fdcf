"""From a draft to a sealed report, and from there to a correction."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from consultations.models import Finding, Recommendation, ReportReader, Visit, VisitReport
from consultations.visit_reports import mails
from consultations.visit_reports.content import Content, all_points, photos_in_preparation, snapshot
from consultations.visit_reports.sealing import next_reference
from partnership.chained_log.writing import append
from partnership.journal import log_act
from partnership.models import Organisation, Person
from partnership.photos.receiving import copy_photos, remove_photos_of
from partnership.refusals import Refusal
from partnership.sealed_content import digest_of, fingerprint, new_salt
from partnership.times import berlin

State = VisitReport.State
Kind = ReportReader.Kind


@dataclass(frozen=True, kw_only=True)
class Recipient:
    """Whom the officer has met on site and whose mail address was confirmed there."""

    name: str
    email: str


@dataclass(frozen=True, slots=True)
class Lack:
    """`is_final`: nobody may pass over it."""

    words: str
    is_final: bool = False


def what_is_missing(report: VisitReport, content: Content) -> list[Lack]:
    points = all_points(content)
    unchecked = sum(point["state"] == Finding.State.NOT_CHECKED for point in points)
    bare = [p["code"] or p["what"] for p in points if p["state"] in Finding.FLAWS and not p["advice"]]
    pending = photos_in_preparation(report)
    appointment = report.visit.appointment
    return [
        *([Lack(_photos_pending(pending), is_final=True)] if pending else []),
        *([Lack(_unchecked(unchecked))] if unchecked else []),
        *([Lack(_("Mangel ohne Empfehlung: %(points)s.") % {"points": ", ".join(bare)})] if bare else []),
        *([] if content["summary"] else [Lack(_("Die Zusammenfassung fehlt."))]),
        *([] if content["firm"]["street"] else [Lack(_("Die Anschrift fehlt."))]),
        *(
            []
            if appointment.state == appointment.State.ATTENDED
            else [Lack(_("Dass der Besuch stattgefunden hat, ist noch nicht eingetragen."))]
        ),
    ]


@transaction.atomic
def release_report(
    *,
    report_id: int,
    seen: str,
    actor: Person,
    recipients: Sequence[Recipient] = (),
    corrects_what: str = "",
    despite_lacks: bool = False,
    now: datetime.datetime | None = None,
) -> VisitReport:
    """`seen` is the fingerprint of the content that was read. From here on the report is sealed; who may read
    it is told by mail, and the chained log has number and digest."""
    now = now or timezone.now()
    police = _lock_police(VisitReport.objects.values_list("police", flat=True).get(pk=report_id))
    report = _lock_report(report_id)
    if not report.is_draft:
        raise Refusal(_("Dieser Bericht ist schon freigegeben."))
    content = snapshot(report)
    if fingerprint(content) != seen:
        raise Refusal(_("Inzwischen hat jemand etwas geändert. Lesen Sie den Bericht noch einmal durch."))
    _refuse_lacks(report, content, despite_lacks=despite_lacks)
    report.corrects_what = corrects_what.strip() if report.number > 1 else ""
    if report.number > 1 and not report.corrects_what:
        raise Refusal(_("Sagen Sie der Firma, was sich geändert hat."))
    _seal(report, content | {"corrects_what": report.corrects_what}, actor=actor, now=now)
    readers = _name_readers(report, recipients, actor=actor)
    log_act(act="report.released", thing=report, actor=actor, organisation=police, detail=_number(report))
    mails.tell_ready(report, readers)
    append(
        organisation=police,
        actor=actor,
        act="report.released",
        payload={"thing": str(report), "digest": report.digest},
    )
    return report


@transaction.atomic
def begin_correction(*, report_id: int, corrects_what: str, actor: Person) -> VisitReport:
    """A draft of the next version, copied from the released one, which stays as it is and in force."""
    visit_id = VisitReport.objects.values_list("visit", flat=True).get(pk=report_id)
    Visit.objects.select_for_update(no_key=True).get(pk=visit_id)
    released = _lock_report(report_id)
    versions = VisitReport.objects.filter(visit=visit_id)
    if versions.filter(state=State.DRAFT).exists():
        raise Refusal(_("Es gibt schon einen Entwurf. Arbeiten Sie an ihm weiter."))
    if released.erased_at or versions.filter(number__gt=released.number).exists():
        raise Refusal(_("Korrigieren lässt sich nur die neueste Fassung, solange sie nicht gelöscht ist."))
    draft = VisitReport.objects.create(
        visit=released.visit,
        police=released.police,
        number=released.number + 1,
        checklist=released.checklist,
        reference=released.reference,
        summary=released.summary,
        next_steps=released.next_steps,
        begun_by=actor,
        corrects_what=corrects_what.strip(),
    )
    for finding in released.findings.order_by("pk").prefetch_related("recommendations"):
        _copy_finding(finding, draft)
    log_act(
        act="report.correction_begun",
        thing=draft,
        actor=actor,
        organisation=draft.police,
        detail=_number(draft),
    )
    return draft


@transaction.atomic
def discard_correction(*, report_id: int, actor: Person) -> None:
    """The draft goes as a whole; a first draft is the visit's log and stays."""
    draft = _lock_report(report_id)
    if not draft.is_draft or draft.number == 1:
        raise Refusal(_("Verwerfen lässt sich nur der Entwurf einer Korrektur."))
    log_act(
        act="report.correction_discarded",
        thing=draft,
        actor=actor,
        organisation=draft.police,
        detail=_number(draft),
    )
    remove_photos_of(Finding, list(draft.findings.values_list("pk", flat=True)))
    draft.delete()


def _refuse_lacks(report: VisitReport, content: Content, *, despite_lacks: bool) -> None:
    lacks = what_is_missing(report, content)
    for lack in lacks:
        if lack.is_final:
            raise Refusal(lack.words)
    if lacks and not despite_lacks:
        raise Refusal(_("Es fehlt noch etwas. Ergänzen Sie es, oder geben Sie den Bericht trotzdem frei."))


def _seal(report: VisitReport, content: Content, *, actor: Person, now: datetime.datetime) -> None:
    day = berlin(now).date()
    report.reference = report.reference or next_reference(report.police_id, day.year)
    report.state, report.released_at, report.released_by = State.RELEASED, now, actor
    report.content = content | {"reference": report.reference, "released_on": day.isoformat()}
    report.salt = new_salt()
    report.digest = digest_of(report.content, report.salt)
    report.save(
        update_fields=[
            *("reference", "state", "released_at", "released_by", "corrects_what"),
            *("content", "salt", "digest"),
        ]
    )


def _name_readers(
    report: VisitReport, recipients: Sequence[Recipient], *, actor: Person
) -> list[ReportReader]:
    """The firm's right, made with the first release, and everybody whom police has confirmed."""
    request, appointment = report.visit.request, report.visit.appointment
    ReportReader.objects.get_or_create(
        visit=report.visit,
        kind=Kind.FIRM,
        defaults={
            "person": appointment.person or request.person,
            "firm": appointment.firm or request.firm,
            "language": request.page_language,
            "added_by": actor,
        },
    )
    for recipient in recipients:
        confirm_recipient(visit=report.visit, recipient=recipient, actor=actor)
    rows = report.visit.readers.filter(kind__in=[Kind.FIRM, Kind.RECIPIENT], ended_at__isnull=True)
    return list(rows.select_related("person", "firm"))


def confirm_recipient(*, visit: Visit, recipient: Recipient, actor: Person) -> ReportReader:
    """Inside a transaction. Somebody confirmed before keeps the right, and the name that was said last."""
    reader, _is_new = ReportReader.objects.update_or_create(
        visit=visit,
        kind=Kind.RECIPIENT,
        email=recipient.email.lower(),
        ended_at=None,
        defaults={
            "name": recipient.name,
            "language": visit.request.page_language,
            "added_by": actor,
        },
    )
    return reader


def _copy_finding(finding: Finding, draft: VisitReport) -> None:
    copied = _copy(finding, report=draft)
    for row in finding.recommendations.order_by("pk"):
        _copy(row, report=draft, finding=copied)
    copy_photos(source=finding, target=copied)


def _copy(row: Any, **parents: Any) -> Any:
    """The key of a recommendation stays, so that what became of it goes on."""
    names = [f.attname for f in row._meta.concrete_fields if not f.primary_key]
    values = {name: getattr(row, name) for name in names if name.removesuffix("_id") not in parents}
    copied: Finding | Recommendation = type(row)(**values, **parents)
    copied.version = 1
    copied.save()
    return copied


def _lock_police(police_id: int) -> Organisation:
    """Before its reports: numbers are given one after the other."""
    return Organisation.objects.select_for_update(no_key=True).get(pk=police_id)


def _lock_report(report_id: int) -> VisitReport:
    rows = VisitReport.objects.select_for_update(no_key=True, of=("self",))
    return rows.select_related(
        "police", "checklist", "visit__appointment", "visit__request__partnership", "visit__officer"
    ).get(pk=report_id)


def _number(report: VisitReport) -> dict[str, Any]:
    return {"number": report.reference, "edition": report.number} if report.reference else {}


def _unchecked(count: int) -> str:
    return ngettext(
        "%(count)d Prüfpunkt ist nicht geprüft.", "%(count)d Prüfpunkte sind nicht geprüft.", count
    ) % {"count": count}


def _photos_pending(count: int) -> str:
    return ngettext(
        "%(count)d Foto wird noch aufbereitet. Das dauert meist weniger als eine Minute.",
        "%(count)d Fotos werden noch aufbereitet. Das dauert meist weniger als eine Minute.",
        count,
    ) % {"count": count}
