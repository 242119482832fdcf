"""A report in ready words, for its page, its preview and its PDF: from what was sealed, and nothing else."""

import datetime
from dataclasses import dataclass

from django.utils import translation
from django.utils.translation import gettext as _

from consultations.models import Finding, VisitMatter, VisitReport, Wording
from consultations.visit_reports.content import Content, all_advice, all_points
from consultations.visit_reports.glance import Glance, draw_glance
from partnership.sealed_content import grouped
from partnership.times import long_date, long_day

Priority = Wording.Priority
State = Finding.State
MOST_FIRST = 3
SHORT = 500
"""Characters of a summary, with which the letter stays on the first page."""
MANY = 18
"""Recommendations, from which on paper is set closer, so that it stays within eight pages."""


@dataclass(frozen=True, slots=True)
class AdviceRow:
    """`item` is what was looked at and why; `finding` what was seen."""

    number: int
    place: str
    text: str
    state: str
    state_word: str
    finding: str
    item: str
    standard: str
    photos: list[Content]


@dataclass(frozen=True, slots=True)
class PriorityGroup:
    """`marks`: three boxes, so many filled."""

    title: str
    when: str
    marks: list[bool]
    marks_words: str
    rows: list[AdviceRow]


@dataclass(frozen=True, slots=True)
class PointRow:
    code: str
    what: str
    state: str
    state_word: str
    remark: str
    photos: list[Content]


@dataclass(frozen=True, slots=True)
class ReportPage:
    title: str
    reference: str
    edition: str
    is_correction: bool
    corrects_what: str
    firm: Content
    address: list[str]
    police: Content
    officer: str
    visited: str
    released: str
    checklist: str
    salutation: str
    occasion: str
    summary: str
    first: list[AdviceRow]
    is_long: bool
    fits_a_page: bool
    glance: Glance
    groups: list[PriorityGroup]
    noticed: list[PointRow]
    areas: list[tuple[str, list[PointRow]]]
    classes: list[Content]
    next_steps: str
    digest: str


def lay_out_report(content: Content, *, digest: str = "") -> ReportPage:
    """Without a digest it is a draft's preview."""
    advice = [_advice(row, point) for row, point in all_advice(content)]
    priorities = {row["number"]: row["priority"] for row, _point in all_advice(content)}
    urgent = [row for row in advice if priorities[row.number] == Priority.HIGH]
    firm = content["firm"]
    return ReportPage(
        title=_("Beratung zum Einbruchschutz: %(firm)s") % {"firm": firm["name"]},
        reference=content.get("reference", ""),
        edition=_("Fassung %(number)s") % {"number": content["version"]},
        is_correction=content["version"] > 1,
        corrects_what=content["corrects_what"],
        firm=firm,
        address=_address(firm),
        police=content["police"],
        officer=content["officer"],
        visited=long_date(_day(content["visited_on"])),
        released=long_day(_day(content["released_on"])) if "released_on" in content else _("Entwurf"),
        checklist=_("Checkliste, Fassung %(number)s") % {"number": content["checklist"]},
        salutation=_salutation(firm),
        occasion=_occasion(content),
        summary=content["summary"],
        first=urgent[:MOST_FIRST],
        is_long=len(advice) > MANY,
        fits_a_page=len(content["summary"]) <= SHORT,
        glance=draw_glance(
            (area["title"], [point["state"] for point in area["points"]]) for area in content["areas"]
        ),
        groups=_groups(advice, priorities),
        noticed=[
            _point(point)
            for point in all_points(content)
            if point["state"] in Finding.FLAWS and not point["advice"]
        ],
        areas=[(area["title"], [_point(point) for point in area["points"]]) for area in content["areas"]],
        classes=content["classes"],
        next_steps=content["next_steps"],
        digest=grouped(digest),
    )


def page_of(report: VisitReport) -> ReportPage:
    """Of a released one that is not erased: in German, whatever the page around it speaks."""
    with translation.override("de"):
        return lay_out_report(report.content or {}, digest=report.digest)


def _groups(advice: list[AdviceRow], priorities: dict[int, int]) -> list[PriorityGroup]:
    words = {
        Priority.HIGH: (_("Sofort"), _("in den nächsten Tagen"), 3),
        Priority.MEDIUM: (_("Demnächst"), _("in den nächsten drei Monaten"), 2),
        Priority.LOW: (_("Bei Gelegenheit"), _("beim nächsten Umbau oder Kauf"), 1),
    }
    groups = [
        PriorityGroup(
            title=title,
            when=when,
            marks=[place < filled for place in range(3)],
            marks_words=_("Dringlichkeit %(filled)s von 3") % {"filled": filled},
            rows=[row for row in advice if priorities[row.number] == priority],
        )
        for priority, (title, when, filled) in words.items()
    ]
    return [group for group in groups if group.rows]


def _advice(row: Content, point: Content) -> AdviceRow:
    return AdviceRow(
        number=row["number"],
        place=point["place"],
        text=row["text"],
        state=point["state"],
        state_word=str(State(point["state"]).label),
        finding=point["note"],
        item=" ".join(filter(None, (point["code"], point["what"], point["reason"]))),
        standard=row["standard"] or point["standard"],
        photos=point["photos"],
    )


def _point(point: Content) -> PointRow:
    return PointRow(
        code=point["code"],
        what=point["what"],
        state=point["state"],
        state_word=str(State(point["state"]).label),
        remark=_remark(point),
        photos=point["photos"],
    )


def _remark(point: Content) -> str:
    """With advice, where to read on."""
    if point["advice"]:
        return _("siehe Empfehlung %(numbers)s") % {
            "numbers": ", ".join(str(row["number"]) for row in point["advice"])
        }
    severity = Finding.Severity(point["severity"]).label if point["severity"] else ""
    parts = [
        point["place"],
        point["note"],
        _("Schwere: %(severity)s") % {"severity": severity} if severity else "",
    ]
    return ". ".join(part.strip().rstrip(".") for part in parts if part.strip())


def _address(firm: Content) -> list[str]:
    lines = [firm["name"], firm["contact"], firm["street"], f"{firm['postcode']} {firm['city']}".strip()]
    return [line for line in lines if line]


def _salutation(firm: Content) -> str:
    if firm["contact"]:
        return _("Guten Tag %(name)s,") % {"name": firm["contact"]}
    return _("Guten Tag,")


def _occasion(content: Content) -> str:
    """The reason as a fact of the head, beside the day of the visit."""
    occasion = content["occasion"]
    if not occasion["reason"]:
        return ""
    label = str(VisitMatter.Reason(occasion["reason"]).label)
    if occasion["happened_on"]:
        return _("%(reason)s am %(day)s") % {"reason": label, "day": long_day(_day(occasion["happened_on"]))}
    return label


def _day(text: str) -> datetime.date:
    return datetime.date.fromisoformat(text)
