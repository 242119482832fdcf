"""The certificates of an event as those see them who issue them."""

from dataclasses import dataclass

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from forums.certificates.doubts import Doubt, doubt_about
from forums.certificates.page import hours_text
from forums.certificates.proven import ProvenPart, proven_parts, sum_of_hours
from forums.models import Attendance, Certificate, Event, Registration
from partnership.times import berlin_day, numeric_date

SHOWN = {
    "": gettext_lazy("alle"),
    "offen": gettext_lazy("noch nicht ausgestellt"),
    "gueltig": gettext_lazy("ausgestellt"),
    "pruefen": gettext_lazy("zu prüfen"),
}


@dataclass(frozen=True, slots=True)
class Mark:
    kind: str
    word: str


@dataclass(frozen=True, slots=True)
class Row:
    """`certificate` is the valid one; `ended` are sentences about those before."""

    registration: Registration
    proven: str
    mark: Mark
    certificate: Certificate | None
    can_issue: bool
    is_doubtful: bool
    ended: list[str]


@dataclass(frozen=True, slots=True)
class Overview:
    """`without` have a place and no attendance; `doubtful` have a certificate that says something else."""

    rows: list[Row]
    open: int
    valid: int
    doubtful: int
    without: int


def lay_out_certificates(event: Event) -> Overview:
    """In five statements for any number of participants."""
    there = Attendance.objects.filter(booking__registration=OuterRef("pk"))
    confirmed = Registration.objects.filter(event=event, state=Registration.State.CONFIRMED)
    certified = Certificate.objects.filter(registration=OuterRef("pk"))
    rows = Registration.objects.filter(Exists(there) | Exists(certified), event=event)
    registrations = list(rows.order_by("name", "pk"))
    keys = [row.pk for row in registrations]
    proven = proven_parts(event, keys)
    by_registration = _by_registration(Certificate.objects.filter(event=event), registrations)
    laid_out = [_row(row, proven.get(row.pk, []), by_registration.get(row.pk, [])) for row in registrations]
    return Overview(
        rows=laid_out,
        open=sum(row.can_issue for row in laid_out),
        valid=sum(row.certificate is not None for row in laid_out),
        doubtful=sum(row.is_doubtful for row in laid_out),
        without=confirmed.exclude(Exists(there)).count(),
    )


def only_shown(overview: Overview, state: str) -> list[Row]:
    match state:
        case "offen":
            return [row for row in overview.rows if row.can_issue]
        case "gueltig":
            return [row for row in overview.rows if row.certificate]
        case "pruefen":
            return [row for row in overview.rows if row.is_doubtful]
    return overview.rows


def _by_registration(
    rows: QuerySet[Certificate], registrations: list[Registration]
) -> dict[int, list[Certificate]]:
    known = {row.pk: row for row in registrations}
    found: dict[int, list[Certificate]] = {}
    for certificate in rows.order_by("issued_at", "pk"):
        certificate.registration = known[certificate.registration_id]
        found.setdefault(certificate.registration_id, []).append(certificate)
    return found


def _row(registration: Registration, proven: list[ProvenPart], certificates: list[Certificate]) -> Row:
    valid = next((row for row in certificates if row.revoked_at is None), None)
    is_confirmed = registration.state == Registration.State.CONFIRMED
    can_issue = valid is None and bool(proven) and bool(registration.name) and is_confirmed
    doubt = doubt_about(valid, proven) if valid else None
    return Row(
        registration=registration,
        proven=_proven_words(proven),
        mark=_mark(valid, doubt),
        certificate=valid,
        can_issue=can_issue,
        is_doubtful=doubt is not None,
        ended=[_ended_words(row) for row in certificates if row.revoked_at],
    )


def _proven_words(proven: list[ProvenPart]) -> str:
    if not proven:
        return _("keine Anwesenheit")
    hours = sum_of_hours(proven)
    return hours_text(hours) if hours else ", ".join(row.part.title for row in proven)


def _mark(valid: Certificate | None, doubt: Doubt | None) -> Mark:
    if valid is None:
        return Mark("", _("noch nicht ausgestellt"))
    if doubt is not None:
        kind = "danger" if doubt in (Doubt.NOT_THERE, Doubt.LESS) else "warning"
        return Mark(kind, str(doubt.label))
    day = numeric_date(berlin_day(valid.issued_at))
    return Mark("success", _("ausgestellt %(day)s") % {"day": day})


def _ended_words(certificate: Certificate) -> str:
    assert certificate.revoked_at is not None
    return _("%(number)s widerrufen am %(day)s: %(reason)s") % {
        "number": certificate.number,
        "day": numeric_date(berlin_day(certificate.revoked_at)),
        "reason": certificate.revoke_reason.rstrip("."),
    }
