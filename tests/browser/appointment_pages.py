"""Appointments: booking one, having one, the desk's and the officers' day, calls and numbers."""

import datetime
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from consultations.deadlines import link_end
from consultations.models import Appointment, PhoneTask, SatisfactionAnswer, SatisfactionInvitation
from consultations.numbers.counting import quarter_of
from consultations.offers import choice_value
from consultations.phone_tasks import ask_for_call, call_again, finish_call, take_call, what_was_seen
from consultations.queries import free_times
from consultations.week import week_key
from partnership.journal import log_act
from partnership.links import hash_of, issue_link, new_token
from partnership.mail_in.receiving import receive
from partnership.models import OutgoingMail, SecretLink
from tests import factories
from tests.browser.addresses import Paths, under
from tests.partnership.mail_in.steps import bounce_of
from tests.personas import World

State = Appointment.State
Purpose = SecretLink.Purpose
A_DAY = datetime.timedelta(days=1)
BY_LINK = ("consultations:appointment", "consultations:move", "consultations:cancel")
IN_A_BOOKING = {f"consultations:{step}" for step in ("details", "quick_check", "check", "sent")}
"""Reached by a held time only; their own test walks through them."""

PAGES = {
    "visitor": [
        *("consultations:times", "consultations:office", "consultations:confirm", *BY_LINK),
        *("consultations:satisfaction", "consultations:satisfaction_thanks"),
    ],
    "alice": ["own_appointments:appointment", "own_appointments:move", "own_appointments:cancel"],
    "bert": [
        *("appointments:week", "appointments:appointments", "appointments:appointment"),
        *("appointments:appointment_cancel", "appointments:book_for_caller", "appointments:appointment_move"),
        *("appointments:appointment_address", "appointments:walk_in", "appointments:feeds"),
        *("appointments:numbers", "appointments:calls", "appointments:call"),
    ],
    "paula": [
        *("appointments:today", "appointments:outcome", "appointments:feeds"),
        *("appointments:appointments", "appointments:appointment"),
    ],
    "lea": ["appointments:today", "appointments:numbers"],
    "karl": ["appointments:numbers", "appointments:reminder_plan"],
}
QUERIES = {
    "appointments:numbers": ["", "?von=2020-13&bis=x"],
    "consultations:times": ["", "?plz=04668", "?plz=abc"],
    "appointments:appointments": ["", "?suche=Tischlerei&zeit=alle"],
}
NO_PAGES = {
    # acts
    *("consultations:hold", "appointments:call_take", "appointments:call_leave"),
    *("appointments:appointment_confirm", "own_appointments:claim"),
    # files
    *("appointments:day_sheet", "appointments:numbers_xlsx", "appointments:numbers_csv"),
    *("appointments:topics_csv", "consultations:appointment_calendar"),
    "own_appointments:appointment_calendar",
    *IN_A_BOOKING,
}


def paths(world: World) -> Paths:
    """One that is over, one to come whose mail came back, one not confirmed, one with Alice's address."""
    past = _past_and_present(world)
    coming = factories.make_appointment(hours=world.hours, index=0, person=world.alice)
    unconfirmed = factories.make_appointment(hours=world.hours, index=1, state=State.UNCONFIRMED)
    factories.make_appointment(hours=world.hours, index=3, contact_email=world.alice.email)
    _came_back(coming)
    log_act(act="appointment.confirmed", thing=coming, actor=world.alice, organisation=world.police)
    confirm = issue_link(thing=unconfirmed, purpose=Purpose.CONFIRM, expires_at=link_end(unconfirmed))
    manage = issue_link(thing=coming, purpose=Purpose.MANAGE, expires_at=link_end(coming))
    free = choice_value(free_times(partnership=world.partnership)[0])
    move = reverse("appointments:appointment_move", args=[coming.reference])
    weeks = [week_key(day) for day in (timezone.localdate() - 3 * A_DAY, world.hours.day)]
    week = reverse("appointments:week")
    return {
        "consultations:office": reverse("consultations:office", args=[world.office.pk]),
        "consultations:confirm": reverse("consultations:confirm", args=[confirm]),
        **under("consultations:", ("appointment", "move", "cancel"), manage),
        "consultations:satisfaction": reverse("consultations:satisfaction", args=[_feedback(world)]),
        **under("own_appointments:", ("appointment", "move", "cancel"), coming.reference),
        **under("appointments:appointment", ("", "_cancel", "_address"), coming.reference),
        "appointments:appointment_move": [move, f"{move}?zeit={free}"],
        "appointments:week": [week, f"{week}?haus=alle", *(f"{week}?woche={key}" for key in weeks)],
        "appointments:outcome": reverse("appointments:outcome", args=[past.reference]),
        "appointments:call": reverse("appointments:call", args=[_calls(world)]),
        "appointments:reminder_plan": reverse("appointments:reminder_plan", args=[world.partnership.pk]),
    }


def _past_and_present(world: World) -> Appointment:
    """A day that is over, with one talk whose outcome is missing, one that is now, a quarter that is over."""
    today = timezone.localdate()
    factories.make_hours(
        office=world.office, police=world.police, officers=[world.paula], day=today - 200 * A_DAY
    )
    before = factories.make_hours(
        office=world.office,
        police=world.police,
        officers=[world.paula],
        day=today - datetime.timedelta(days=3),
    )
    factories.make_appointment(hours=before, index=0, state=State.ATTENDED, person=world.alice)
    past = factories.make_appointment(hours=before, index=1, note="Neue Tore", topic="burglary")
    factories.make_appointment(hours=before, index=2, state=State.MISSED)
    forgotten = factories.make_person("gone@personen.example")
    factories.make_appointment(hours=before, index=3, state=State.ATTENDED, person=forgotten)
    now_day = factories.make_hours(
        office=world.office,
        police=world.police,
        officers=[world.paula, world.pia],
        day=today,
        ends=datetime.time(17),
    )
    factories.make_appointment(hours=now_day, index=2, note="Anruf genügt", accessibility_need="Aufzug")
    factories.make_appointment(hours=now_day, index=3, lane=2)
    return past


def _came_back(coming: Appointment) -> None:
    """A mail about it: the address is blocked, the timeline says so."""
    mail = OutgoingMail.objects.create(
        partnership=coming.partnership,
        kind="booking_confirmed",
        to_email=coming.contact_email,
        message_id="<1@partnerschaft.example>",
        state=OutgoingMail.State.SENT,
        sent_at=timezone.now(),
        thing=coming,
    )
    receive(bounce_of(mail))


def _feedback(world: World) -> str:
    """A link to the two questions, and a quarter with answers."""
    whole: dict[str, Any] = {"partnership": world.partnership, "host": world.ihk, "police": world.police}
    quarter = quarter_of(quarter_of(timezone.localdate()) - A_DAY)
    for mark in (5, 5, 4, 3, 5):
        SatisfactionAnswer.objects.create(**whole, quarter=quarter, helped=mark, ease=4)
    token = new_token()
    SatisfactionInvitation.objects.create(
        **whole, token_hash=hash_of(token), expires_on=timezone.localdate() + A_DAY
    )
    return token


def _calls(world: World) -> object:
    """One that the desk is making, one that waits, one for later, one that is done."""
    day = factories.make_hours(office=world.office, police=world.police, officers=[factories.make_person()])
    tasks = []
    for index in range(4):
        appointment = factories.make_appointment(hours=day, index=index, state=State.CANCELLED)
        with transaction.atomic():
            tasks.append(ask_for_call(appointment=appointment, reason=PhoneTask.Reason.CANCELLED))
    now = timezone.now()
    take_call(task_id=tasks[0].pk, actor=world.bert)
    seen = [what_was_seen(task) for task in tasks]
    call_again(
        task_id=tasks[2].pk, again_at=now + datetime.timedelta(hours=1), seen=seen[2], actor=world.bert
    )
    reached = PhoneTask.Result.REACHED
    finish_call(task_id=tasks[3].pk, result=reached, seen=seen[3], actor=world.bert)
    return tasks[0].pk
