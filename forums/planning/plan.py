"""The education plan of a year: what was planned beside what came of it."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from forums.event_words import Stage, short_when_of, stage_of
from forums.models import Certificate, Event, Registration, TrainingGoal
from forums.rules import may_edit_goal
from partnership.rules import Posts
from partnership.small_numbers import ZERO, shown, sum_of
from partnership.small_numbers import Count as Known
from partnership.spreadsheets import Cell, Sheet

HELD = (Event.State.HELD, Event.State.CLOSED)
BAR = 100
"""Units of width for how much of what was planned has taken place."""


@dataclass(frozen=True, slots=True)
class GoalEvent:
    reference: str
    title: str
    when: str
    stage: Stage


@dataclass(frozen=True, slots=True)
class PlanLine:
    """`people` were there, counted once for each event; `filled` of a hundred."""

    goal: TrainingGoal
    held: int
    announced: int
    people: Known
    certificates: Known
    events: list[GoalEvent]
    may_edit: bool

    @property
    def filled(self) -> int:
        return min(BAR, round(BAR * self.held / self.goal.events_planned))


@dataclass(frozen=True, slots=True)
class PlanPart:
    """The lines of one organisation."""

    name: str
    lines: list[PlanLine]


@dataclass(frozen=True, slots=True)
class Plan:
    year: int
    parts: list[PlanPart]

    @property
    def lines(self) -> list[PlanLine]:
        return [line for part in self.parts for line in part.lines]

    @property
    def finding(self) -> str:
        """What the year comes to, in a sentence or two."""
        lines = self.lines
        return _(
            "Veranstaltungen: %(held)d von %(planned)d geplanten, dazu %(announced)d angekündigt. "
            "Teilnahmen: %(people)s von %(wanted)d geplanten."
        ) % {
            "planned": sum(line.goal.events_planned for line in lines),
            "held": sum(line.held for line in lines),
            "announced": sum(line.announced for line in lines),
            "people": self.people,
            "wanted": sum(line.goal.people_planned for line in lines),
        }

    @property
    def people(self) -> Known:
        return sum_of(line.people for line in self.lines)


def make_plan(goals: QuerySet[TrainingGoal], *, year: int, posts: Posts, visible: QuerySet[Event]) -> Plan:
    """In five statements for any number. `visible` are the events that may be named; all are counted."""
    rows = list(goals.filter(year=year))
    people = _people_of(rows)
    certificates = _certificates_of(rows)
    named = _named(rows, visible)
    counted = {
        row["pk"]: row
        for row in TrainingGoal.objects.filter(pk__in=[goal.pk for goal in rows])
        .values("pk")
        .annotate(
            held=Count("events", filter=Q(events__state__in=HELD)),
            announced=Count("events", filter=Q(events__state=Event.State.ANNOUNCED)),
        )
    }
    parts: dict[str, list[PlanLine]] = defaultdict(list)
    for goal in rows:
        parts[goal.organisation.name].append(
            PlanLine(
                goal=goal,
                held=counted[goal.pk]["held"],
                announced=counted[goal.pk]["announced"],
                people=people.get(goal.pk, ZERO),
                certificates=certificates.get(goal.pk, ZERO),
                events=named[goal.pk],
                may_edit=may_edit_goal(posts, goal),
            )
        )
    return Plan(year, [PlanPart(name, parts[name]) for name in sorted(parts)])


def plan_sheet(plan: Plan) -> Sheet:
    header = [
        *(_("Organisation"), _("Vorhaben"), _("Thema"), _("Zielgruppe"), _("Veranstaltungen geplant")),
        *(_("stattgefunden"), _("angekündigt"), _("Teilnahmen geplant"), _("teilgenommen")),
        *(_("bescheinigt"), _("Bemerkung")),
    ]
    rows: list[list[Cell]] = [
        [
            *(line.goal.organisation.name, line.goal.title, str(line.goal.get_subject_display())),
            *(line.goal.for_whom, line.goal.events_planned, line.held, line.announced),
            *(line.goal.people_planned, value_of(line.people), value_of(line.certificates), line.goal.note),
        ]
        for line in plan.lines
    ]
    return Sheet(_("Bildungsplan %(year)d") % {"year": plan.year}, header, rows)


def value_of(count: Known) -> Cell:
    return count.low if count.is_exact else str(count)


def _people_of(goals: Iterable[TrainingGoal]) -> dict[int, Known]:
    """Who was there in at least one part."""
    rows = Registration.objects.filter(
        event__training_goal__in=goals, event__state__in=HELD, bookings__attendances__isnull=False
    )
    return _shown(rows.values_list("event__training_goal").annotate(Count("pk", distinct=True)))


def _certificates_of(goals: Iterable[TrainingGoal]) -> dict[int, Known]:
    rows = Certificate.objects.filter(event__training_goal__in=goals, revoked_at__isnull=True)
    return _shown(rows.values_list("event__training_goal").annotate(Count("pk")))


def _shown(rows: Iterable[tuple[int, int]]) -> dict[int, Known]:
    return {goal: shown(number) for goal, number in rows}


def _named(goals: Iterable[TrainingGoal], visible: QuerySet[Event]) -> dict[int, list[GoalEvent]]:
    found: dict[int, list[GoalEvent]] = defaultdict(list)
    now = timezone.now()
    for event in visible.filter(training_goal__in=goals).order_by("starts_at", "pk"):
        assert event.training_goal_id is not None
        found[event.training_goal_id].append(
            GoalEvent(event.reference, event.title, short_when_of(event), stage_of(event, now=now))
        )
    return found
