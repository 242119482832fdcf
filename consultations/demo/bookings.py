"""Who has booked what: as rows where it is past or many, through the domain where mails shall go out."""

import datetime
import itertools
import random
from collections.abc import Iterator
from contextlib import suppress

from django.utils import timezone

from consultations import booking
from consultations.demo.cast import Cast
from consultations.demo.firms import ALL_FIRMS, REASONS, Firm
from consultations.demo.rows import Story, write_appointment
from consultations.models import Appointment, Lane, OfficeHours, Topic
from consultations.placing import Details
from consultations.queries import FreeTime
from consultations.slots import Slot, cut_slots
from partnership.demo import leipzig
from partnership.refusals import Refusal
from partnership.times import today

State = Appointment.State
Place = tuple[Lane, Slot]

OWN_FIRM = Firm(
    name=leipzig.FIRM["name"],
    contact=leipzig.FIRM_OWNER,
    chamber=leipzig.FIRM_CHAMBER,
    membership_number=leipzig.FIRM["membership_number"],
    email=leipzig.FIRM_OWNER_EMAIL,
    phone=leipzig.FIRM_PHONE,
)
PAST_STATES = (
    *(State.ATTENDED, State.ATTENDED, State.MISSED, State.ATTENDED, State.CANCELLED),
    *(State.ATTENDED, State.ATTENDED, State.EXPIRED, State.ATTENDED),
)
SHARES = ((7, 0.5), (14, 0.4), (28, 0.2), (56, 0.12))
"""Up to so many days ahead, this part of the times is taken."""
WITH_MAILS_FROM, WITH_MAILS_TO = 2, 12
WITHOUT_OUTCOME = datetime.timedelta(days=6)
TALKS_TODAY = 5


def dice_for(*things: object) -> random.Random:
    """The same throws for the same things, at every start."""
    return random.Random(" ".join(map(str, things)))  # noqa: S311 invented data, nothing to guard


def dice_of(hours: OfficeHours) -> random.Random:
    return dice_for(hours.office.name, hours.day, hours.starts)


def deal_firms(*things: object) -> Iterator[Firm]:
    """One after the other, so that none comes back before all others have had their turn."""
    return itertools.cycle(dice_for("firms", *things).sample(ALL_FIRMS, len(ALL_FIRMS)))


def fill_past(cast: Cast, past: list[OfficeHours]) -> None:
    """Two thirds taken, in every state that an end can have; in the last days the last talk has none yet."""
    states, firms = itertools.cycle(PAST_STATES), deal_firms("past", today())
    for hours in past:
        dice = dice_of(hours)
        places = _some_places(hours, dice, share=0.65)
        for number, place in enumerate(places, start=1):
            lacks_outcome = number == len(places) and hours.day >= today() - WITHOUT_OUTCOME
            state = State.CONFIRMED if lacks_outcome else next(states)
            write(cast, place, next(firms), state, dice)


def fill_ahead(cast: Cast, coming: list[OfficeHours]) -> None:
    """The nearer, the fuller. In the next days the first of each has booked with mails."""
    firms = deal_firms("ahead", today())
    for hours in coming:
        if hours.state != OfficeHours.State.PUBLIC:
            continue
        dice = dice_of(hours)
        days = (hours.day - today()).days
        share = next(share for until, share in SHARES if days <= until)
        for number, place in enumerate(_some_places(hours, dice, share=share)):
            if number == 0 and WITH_MAILS_FROM <= days <= WITH_MAILS_TO:
                with suppress(Refusal):
                    book_and_confirm(cast, hours.pk, place[1][0], next(firms), dice)
            else:
                write(cast, place, next(firms), State.CONFIRMED, dice)


def fill_today(cast: Cast, hours: OfficeHours) -> None:
    """At least five talks that firms have confirmed."""
    dice, firms = dice_of(hours), deal_firms("today", hours.day)
    standing = Appointment.objects.filter(
        lane__hours=hours, state__in=(State.CONFIRMED, State.ATTENDED, State.MISSED)
    ).count()
    places = free_places(hours)
    missing = min(max(TALKS_TODAY - standing, 0), len(places))
    for place in sorted(dice.sample(places, missing), key=lambda place: place[1]):
        write(cast, place, next(firms), State.CONFIRMED, dice)


def write_own_past(cast: Cast, past: list[OfficeHours]) -> None:
    """The signed-in firm has been in Grimma, with a next step, and has once cancelled."""
    grimma = [hours for hours in past if hours.office.name == leipzig.GRIMMA]
    for hours, state in zip(grimma, (State.ATTENDED, State.CANCELLED), strict=False):
        dice = dice_of(hours)
        appointment = write(cast, free_places(hours)[1], OWN_FIRM, state, dice)
        if appointment and state == State.ATTENDED:
            concern = appointment.concern
            concern.topic, concern.note = Topic.BURGLARY, REASONS[Topic.BURGLARY][0]
            concern.officer_note = "Werkstatt mit zwei Toren, Besuch vor Ort im nächsten Monat."
            concern.next_step = concern.NextStep.VISIT
            concern.save()


def write(
    cast: Cast,
    place: Place,
    firm: Firm,
    state: Appointment.State,
    dice: random.Random,
    *,
    by: Appointment.CancelledBy = Appointment.CancelledBy.FIRM,
    reason: str = "",
) -> Appointment | None:
    """A row, booked two days to two weeks before it or before now; None where the time is taken."""
    lane, slot = place
    booked_at = min(timezone.now(), slot[0]) - datetime.timedelta(
        days=dice.randint(2, 14), minutes=dice.randint(0, 600)
    )
    story = Story(state=state, booked_at=booked_at, cancelled_by=by, reason=reason)
    chamber = cast.organisations[firm.chamber]
    with suppress(Refusal):
        return write_appointment(lane=lane, slot=slot, firm=firm, chamber=chamber, story=story, dice=dice)
    return None


def book_and_confirm(
    cast: Cast, hours_id: int, starts_at: datetime.datetime, firm: Firm, dice: random.Random
) -> Appointment:
    appointment = book_unconfirmed(cast, hours_id, starts_at, firm, dice)
    return booking.confirm(appointment_id=appointment.pk)[0]


def book_unconfirmed(
    cast: Cast, hours_id: int, starts_at: datetime.datetime, firm: Firm, dice: random.Random
) -> Appointment:
    hours = OfficeHours.objects.get(pk=hours_id)
    topic = Topic(dice.choice(hours.topics))
    held = booking.hold(hours_id=hours_id, starts_at=starts_at)
    details = Details(
        firm_name=firm.name,
        contact_name=firm.contact,
        contact_email=firm.email,
        contact_phone=firm.phone,
        chamber=cast.organisations[firm.chamber],
        membership_number=firm.membership_number,
        topic=topic,
        language=hours.languages[0],
        note=dice.choice(REASONS[topic]),
    )
    return booking.book(held_id=held.pk, hours_id=hours_id, details=details)


def place_of(time: FreeTime) -> Place:
    return next(
        place for place in free_places(time.hours) if place[1][0] == time.starts_at and place[0].officer_id
    )


def _some_places(hours: OfficeHours, dice: random.Random, *, share: float) -> list[Place]:
    places = free_places(hours)
    return sorted(dice.sample(places, round(len(places) * share)), key=lambda place: place[1])


def free_places(hours: OfficeHours) -> list[Place]:
    taken = Appointment.objects.filter(lane__hours=hours, state__in=Appointment.BLOCKING)
    periods = [(a.lane_id, a.starts_at, a.ends_at) for a in taken]
    lanes = list(hours.lanes.select_related("officer").order_by("number"))
    for lane in lanes:
        lane.hours = hours
    return [
        (lane, (start, end))
        for lane in lanes
        for start, end in cut_slots(hours)
        if not any(lane.pk == key and start < until and end > since for key, since, until in periods)
    ]
