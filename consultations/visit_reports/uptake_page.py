"""What is advised and what became of it, as ready strings: for the firm's cards and for police."""

import datetime
from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from consultations.models import Uptake, VisitReport, Wording
from consultations.talks import Badge
from consultations.visit_reports.content import Content, all_advice
from partnership.models import Photo
from partnership.photos.queries import photos_of_many
from partnership.times import berlin_day, long_date

State = Uptake.State


@dataclass(frozen=True, slots=True)
class AdviceCard:
    """`told`: when, or why not. `told_on` and `age` say since when that is known; empty with nothing told."""

    key: str
    number: int
    place: str
    text: str
    standard: str
    priority: str
    badge: Badge
    told: str
    told_on: str
    age: str
    photos: list[Photo]
    uptake: Uptake | None


@dataclass(frozen=True, slots=True)
class UptakePage:
    """`summary`: '2 von 6 umgesetzt, 1 geplant.'"""

    summary: str
    cards: list[AdviceCard]
    is_any_told: bool


def lay_out_uptake(report: VisitReport) -> UptakePage:
    """Of a released report, the most urgent first. Three statements for any number."""
    told = {str(uptake.key): uptake for uptake in Uptake.objects.filter(visit=report.visit_id)}
    photos = photos_of_many(Uptake, [uptake.pk for uptake in told.values()])
    now = timezone.now()
    cards = [
        _card(advice, point, told.get(advice["key"]), photos, now)
        for advice, point in all_advice(report.content or {"areas": []})
    ]
    return UptakePage(_summary(cards), cards, any(card.uptake for card in cards))


def _card(
    advice: Content,
    point: Content,
    uptake: Uptake | None,
    photos: dict[int, list[Photo]],
    now: datetime.datetime,
) -> AdviceCard:
    return AdviceCard(
        key=advice["key"],
        number=advice["number"],
        place=point["place"],
        text=advice["text"],
        standard=advice["standard"] or point["standard"],
        priority=_priority(advice["priority"]),
        badge=_badge(uptake),
        told=_told(uptake) if uptake else "",
        told_on=long_date(berlin_day(uptake.told_at)) if uptake else "",
        age=_age(uptake, now) if uptake else "",
        photos=photos.get(uptake.pk, []) if uptake else [],
        uptake=uptake,
    )


def _priority(priority: int) -> str:
    return {
        Wording.Priority.HIGH: _("Sofort"),
        Wording.Priority.MEDIUM: _("Demnächst"),
        Wording.Priority.LOW: _("Bei Gelegenheit"),
    }[Wording.Priority(priority)]


def _badge(uptake: Uptake | None) -> Badge:
    if uptake is None:
        return Badge(_("noch nichts angegeben"), "")
    kind = {State.DONE: "success", State.PLANNED: "info", State.DECLINED: "warning"}[State(uptake.state)]
    return Badge(str(uptake.get_state_display()), kind)


def _told(uptake: Uptake) -> str:
    if uptake.done_on:
        return _("Umgesetzt am %(day)s") % {"day": long_date(uptake.done_on)}
    if uptake.planned_until:
        return _("Geplant bis %(day)s") % {"day": long_date(uptake.planned_until)}
    return _("Wird nicht umgesetzt: %(reason)s") % {"reason": uptake.reason}


def _age(uptake: Uptake, now: datetime.datetime) -> str:
    days = (berlin_day(now) - berlin_day(uptake.told_at)).days
    if days < 1:
        return _("heute angegeben")
    if days < 60:
        return ngettext("vor %(count)d Tag angegeben", "vor %(count)d Tagen angegeben", days) % {
            "count": days
        }
    return _("vor %(count)d Monaten angegeben") % {"count": days // 30}


def _summary(cards: list[AdviceCard]) -> str:
    def count(state: str) -> int:
        return sum(card.uptake is not None and card.uptake.state == state for card in cards)

    return _("%(done)d von %(all)d umgesetzt, %(planned)d geplant, %(declined)d abgelehnt.") % {
        "done": count(State.DONE),
        "all": len(cards),
        "planned": count(State.PLANNED),
        "declined": count(State.DECLINED),
    }
