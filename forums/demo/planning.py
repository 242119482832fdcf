"""What is planned and what came of it: series, one of them overdue, the education plan, certificates."""

import datetime

from forums.certificates.issuing import issue_anew, issue_certificates
from forums.demo.rows import a_workday, write_event, write_part
from forums.models import Event, EventSeries, Kind, Registration, Subject, TrainingGoal, Visibility
from partnership.demo import leipzig
from partnership.models import Organisation, Partnership, Person, Post
from partnership.times import today

State = Event.State
WITHOUT_CERTIFICATE = 2
"""Of those who were at the held forum, so that there is something left to issue."""
GOALS = (
    (leipzig.IHK, "Cyberangriffe erkennen", Subject.CYBERCRIME, "kleine Betriebe", 4, 120),
    (leipzig.IHK, "Gespräche nach einer Straftat", Subject.VIOLENCE, "Kammern und Rathäuser", 2, 24),
    (leipzig.HWK, "Werkzeug und Baustellen sichern", Subject.THEFT, "Bauhandwerk", 3, 60),
    (leipzig.POLICE, "Interkulturelle Kompetenz", Subject.INTERCULTURAL, "Beratungsstellen", 2, 30),
)


def add_planning(partnership: Partnership) -> None:
    members = {member.name: member for member in Organisation.objects.filter(partnerships=partnership)}
    held = Event.objects.get(state=State.HELD, kind=Kind.FORUM)
    _add_series(partnership, members)
    _add_goals(partnership, members, held)
    _certify(held)


def _add_series(partnership: Partnership, members: dict[str, Organisation]) -> None:
    """Conferences that nobody has announced yet, and a monthly meeting of partners."""
    EventSeries.objects.create(
        partnership=partnership,
        organiser=members[leipzig.IHK],
        title="Regionalkonferenzen Muldental",
        kind=Kind.CONFERENCE,
        every_months=12,
        first_due=today() - datetime.timedelta(days=10),
    )
    meetings = EventSeries.objects.create(
        partnership=partnership,
        organiser=members[leipzig.POLICE],
        title="Monatliches Lagegespräch",
        kind=Kind.TRAINING,
        every_months=1,
        first_due=today(),
    )
    meeting = write_event(
        partnership,
        leipzig.POLICE,
        day=a_workday(2, 0),
        hours=(13, 14),
        kind=Kind.TRAINING,
        visibility=Visibility.INTERNAL,
        series=meetings,
        title="Lagegespräch der Partner",
        summary="Was im letzten Monat aufgefallen ist, und wer was damit macht.",
        subjects=[Subject.BURGLARY],
        is_online=True,
        join_url="https://konferenz.example/lage",
    )
    write_part(meeting, "Lagegespräch", (13, 14), online=40, is_for_all=True)


def _add_goals(partnership: Partnership, members: dict[str, Organisation], held: Event) -> None:
    for organiser, title, subject, for_whom, events, people in GOALS:
        TrainingGoal.objects.create(
            partnership=partnership,
            organisation=members[organiser],
            year=today().year,
            title=title,
            subject=subject,
            for_whom=for_whom,
            events_planned=events,
            people_planned=people,
        )
    held.training_goal = TrainingGoal.objects.get(title=GOALS[0][1])
    held.save(update_fields=["training_goal"])
    training = TrainingGoal.objects.get(title=GOALS[1][1])
    Event.objects.filter(kind=Kind.TRAINING, series__isnull=True).update(training_goal=training)


def _certify(held: Event) -> None:
    """One of them twice, as if the name had been misspelt."""
    desk = Post.objects.filter(role=Post.Role.DESK, organisation=held.organiser).order_by("pk").first()
    assert desk is not None
    there = Registration.objects.filter(event=held, bookings__attendances__isnull=False).distinct()
    keys = list(there.order_by("pk").values_list("pk", flat=True))[:-WITHOUT_CERTIFICATE]
    actor: Person = desk.person
    first, *_others = issue_certificates(event_id=held.pk, registration_ids=keys, actor=actor)
    issue_anew(certificate_id=first.pk, reason="Der Vorname war falsch geschrieben.", actor=actor)
