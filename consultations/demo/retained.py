"""What the nights have to delete and what somebody keeps: for the page of the data protection officer."""

import datetime
from contextlib import suppress

from django.utils import timezone

from consultations.demo.bookings import deal_firms, dice_for, write
from consultations.demo.cast import Cast
from consultations.demo.rota import Turn
from consultations.demo.rows import write_hours
from consultations.models import Appointment, Concern
from consultations.retention import HELD_APPOINTMENT
from consultations.slots import cut_slots
from partnership.demo import leipzig
from partnership.models import Organisation, RetentionRun, RetentionTally
from partnership.refusals import Refusal
from partnership.retention.holds import place_hold
from partnership.retention.running import NIGHT, night_of, run_when_due
from partnership.times import at_wall_time, today

State = Appointment.State
DAYS_AGO = 372
NIGHTS = 6
TURN = Turn(
    weekday=0,
    office=leipzig.GRIMMA,
    room="",
    officers=(leipzig.OFFICER,),
    hours=(datetime.time(13), datetime.time(16)),
)
REASON = "Beschwerde zum Gespräch, Aktenzeichen 12/26"


def add_what_is_retained(cast: Cast) -> None:
    """A day of more than a year ago that is emptied now, the nights before, and a talk that is kept."""
    day = today() - datetime.timedelta(days=DAYS_AGO)
    if plan := cast.plan(TURN, day - datetime.timedelta(days=day.weekday())):
        with suppress(Refusal):
            hours = write_hours(plan=plan, actor=cast.desk_of(plan.office))
            firms, dice = deal_firms("retained"), dice_for("retained")
            for slot in cut_slots(hours):
                write(cast, (hours.lanes.get(), slot), next(firms), State.ATTENDED, dice)
    _keep_a_talk(cast)
    _write_nights()
    run_when_due()


def _keep_a_talk(cast: Cast) -> None:
    talked = Concern.objects.filter(appointment__state=State.ATTENDED).exclude(officer_note="")
    latest = talked.order_by("-appointment__period", "-pk").first()
    if latest:
        place_hold(
            holdable=HELD_APPOINTMENT,
            key=latest.pk,
            organisation=Organisation.objects.get(name=leipzig.POLICE),
            reason=REASON,
            until=today() + datetime.timedelta(days=200),
            actor=cast.people[leipzig.LEAD],
        )


def _write_nights() -> None:
    """Quiet ones, in which only links had run out."""
    tonight = night_of(timezone.now())
    for number in range(1, NIGHTS + 1):
        night = tonight - datetime.timedelta(days=number)
        started_at = at_wall_time(night, NIGHT) + datetime.timedelta(minutes=number % 3)
        finished_at = started_at + datetime.timedelta(seconds=2 + number)
        run = RetentionRun.objects.create(
            night=night, started_at=started_at, active_at=finished_at, finished_at=finished_at
        )
        RetentionTally.objects.create(run=run, kind="links", erased=3 + number * 5 % 7)
