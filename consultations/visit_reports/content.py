"""All that a report says, as plain values: what is previewed, sealed, and shown from then on.

Texts, whole numbers, lists and dicts only, so that the database gives back what it was handed.
"""

import re
from typing import Any

from consultations.models import (
    ChecklistItem,
    Finding,
    ProtectionClass,
    Recommendation,
    VisitReport,
)
from partnership.models import Photo
from partnership.photos.queries import photos_about, photos_of_many
from partnership.times import berlin_day

FORMAT = 1
Content = dict[str, Any]
Photos = dict[int, list[Content]]
State = Finding.State


def snapshot(report: VisitReport) -> Content:
    """Of a draft, without the number and the day that releasing adds. In seven statements for any number."""
    request, appointment = report.visit.request, report.visit.appointment
    findings = list(report.findings.select_related("item", "area").prefetch_related("recommendations"))
    photos = _photos_by_finding(findings)
    points = _points_by_area(report, findings, photos)
    _number_advice(points)
    return {
        "format": FORMAT,
        "version": report.number,
        "corrects_what": report.corrects_what,
        "visited_on": berlin_day(appointment.starts_at).isoformat(),
        "officer": str(report.visit.officer),
        "police": _police(report),
        "firm": {
            "name": request.firm_name,
            "contact": request.contact_name,
            "street": request.street,
            "postcode": request.postcode,
            "city": request.city,
        },
        "occasion": _occasion(report),
        "summary": report.summary,
        "next_steps": report.next_steps,
        "checklist": report.checklist.number,
        "areas": [{"title": title, "points": rows} for title, rows in points if rows],
        "classes": _classes_named(report, points),
    }


def photos_in_preparation(report: VisitReport) -> int:
    keys = list(report.findings.values_list("pk", flat=True))
    return photos_about(Finding, keys).filter(state=Photo.State.WAITING).count()


def _photos_by_finding(findings: list[Finding]) -> Photos:
    """Those that are ready, with the digest of their bytes."""
    found = photos_of_many(Finding, [finding.pk for finding in findings])
    return {
        key: [
            {"key": str(photo.pk), "digest": photo.digest, "caption": photo.caption}
            for photo in photos
            if photo.state == Photo.State.READY
        ]
        for key, photos in found.items()
    }


def all_points(content: Content) -> list[Content]:
    return [point for area in content["areas"] for point in area["points"]]


def all_advice(content: Content) -> list[tuple[Content, Content]]:
    """(advice, its point) by number."""
    found = [(advice, point) for point in all_points(content) for advice in point["advice"]]
    return sorted(found, key=lambda pair: pair[0]["number"])


def _police(report: VisitReport) -> Content:
    """The directorate's first house, if it has one; else the partnership is asked."""
    office = report.police.offices.filter(is_active=True).order_by("kind", "pk").first()
    partnership = report.visit.request.partnership
    return {
        "name": report.police.name,
        "address": office.address if office else "",
        "phone": (office.phone if office else "") or partnership.phone,
        "hours": "" if office and office.phone else partnership.phone_hours,
        "email": (office.email if office else "") or partnership.email,
    }


def _occasion(report: VisitReport) -> Content:
    matter = getattr(report.visit.request, "matter", None)
    happened = matter.happened_on if matter else None
    return {
        "reason": matter.reason if matter else "",
        "happened_on": happened.isoformat() if happened else "",
    }


def _points_by_area(
    report: VisitReport, findings: list[Finding], photos: Photos
) -> list[tuple[str, list[Content]]]:
    """Every item of the checklist, checked or not, then what was found freely; last what has no area."""
    by_item = {finding.item_id: finding for finding in findings if finding.item_id}
    free = [finding for finding in findings if finding.item_id is None]
    areas = list(report.checklist.areas.prefetch_related("items"))
    points = [
        (
            area.title,
            [_point(item, by_item.get(item.pk), photos) for item in area.items.all()]
            + [_point(None, finding, photos) for finding in free if finding.area_id == area.pk],
        )
        for area in areas
    ]
    elsewhere = [finding for finding in free if finding.area_id not in {area.pk for area in areas}]
    return [*points, ("Außerdem", [_point(None, finding, photos) for finding in elsewhere])]


def _point(item: ChecklistItem | None, finding: Finding | None, photos: Photos) -> Content:
    advice = finding.recommendations.all() if finding else []
    return {
        "code": item.code if item else "",
        "what": item.look_at if item else finding.title if finding else "",
        "reason": item.reason if item else "",
        "standard": item.standard if item else "",
        "state": finding.state if finding else State.NOT_CHECKED.value,
        "severity": (finding.severity or 0) if finding else 0,
        "place": finding.place if finding else "",
        "note": finding.note if finding else "",
        "photos": photos.get(finding.pk, []) if finding else [],
        "advice": [_advice(row) for row in sorted(advice, key=lambda row: (row.priority, row.pk))],
    }


def _advice(row: Recommendation) -> Content:
    return {
        "key": str(row.key),
        "number": 0,
        "priority": row.priority,
        "text": row.text,
        "standard": row.standard,
    }


def _number_advice(points: list[tuple[str, list[Content]]]) -> None:
    """The most urgent first, then in the order of the checklist."""
    advice = [row for _title, rows in points for point in rows for row in point["advice"]]
    for number, row in enumerate(sorted(advice, key=lambda row: row["priority"]), start=1):
        row["number"] = number


def _classes_named(report: VisitReport, points: list[tuple[str, list[Content]]]) -> list[Content]:
    """The protection classes that advice or the standards of flaws name, in the checklist's words."""
    said = " ".join(
        f"{row['text']} {row['standard']}" for _t, rows in points for p in rows for row in p["advice"]
    )
    return [
        {"standard": row.standard, "name": row.name, "words": row.words}
        for row in report.checklist.classes.all()
        if _is_named(row, said)
    ]


def _is_named(row: ProtectionClass, said: str) -> bool:
    """By its name; one that is a numeral only beside its standard."""
    name = rf"\b{re.escape(row.name)}\b(?! N\b)"
    if any(letter.isdigit() for letter in row.name):
        return re.search(name, said) is not None
    return row.standard in said and re.search(name, said) is not None
