"""Visits at a firm: asking for one, what police do about it, planning it."""

import datetime

from django.urls import reverse
from django.utils import timezone

from consultations.models import Appointment, VisitRequest
from partnership.links import issue_link
from partnership.models import Area, SecretLink
from partnership.times import at_wall_time
from tests import factories
from tests.browser.addresses import Paths, under
from tests.personas import World
from tests.visit_factories import make_visit, make_visit_request

State = Appointment.State
Purpose = SecretLink.Purpose
A_DAY = datetime.timedelta(days=1)
BY_LINK = ("request", "wishes", "withdraw", "no_short_notice", "photos")
OF_THE_FIRM = ("visit_request", "visit_wishes", "visit_withdraw", "visit_photos", "visit_times")
WHILE_ASKING = {f"consultations:visit_{step}" for step in ("details", "check", "sent", "sent_photos")}
"""Reached by what was typed before only; their own test walks through them."""

PAGES = {
    "visitor": [
        *("consultations:visit_ask", "consultations:visit_confirm", "consultations:visit_times"),
        *(f"consultations:visit_{page}" for page in BY_LINK),
    ],
    "alice": [f"own_visits:{page}" for page in OF_THE_FIRM],
    "paula": [
        *("appointments:visit_requests", "appointments:visit_request", "appointments:visit_request_new"),
        *("appointments:visit_request_hand_over", "appointments:visit_request_put_back"),
        *("appointments:visit_request_end", "appointments:visit_after_talk"),
    ],
    "lea": [
        *("appointments:visit_requests", "appointments:visit_request"),
        "appointments:visit_request_give_away",
        *("appointments:visit_plan", "appointments:visit_cancel", "appointments:visit_hand_over"),
        "appointments:travel_of",
    ],
}
QUERIES = {
    "appointments:visit_requests": ["", "?wer=meine&gebiet=14729000", "?anlass=general&alter=10"],
}
NO_PAGES = {
    *("appointments:visit_times_withdraw", "appointments:visit_request_take", "own_visits:visit_claim"),
    "appointments:travel",  # to the first of several
    *WHILE_ASKING,
}


def paths(world: World) -> Paths:
    return {**_requests(world), **_planned(world)}


def _requests(world: World) -> Paths:
    """One that waits, one of the firm's account, one that a desk has entered, one not confirmed yet."""
    waiting = make_visit_request(police=world.police, takes_freed_times=True)
    own = make_visit_request(police=world.police, person=world.alice)
    taken = make_visit_request(
        police=world.police,
        state=VisitRequest.State.TAKEN,
        officer=world.paula,
        note="Der Hof ist dunkel",
        reason="burglary",
    )
    for number, request in enumerate((taken, waiting)):
        request.area = Area.objects.create(
            name=f"Ort {number}",
            ags=f"1472900{number}",
            latitude=51.2 + number / 10,
            longitude=12.7,
            valid_from="2020-01-01",
        )
        request.save()
    make_visit_request(police=world.police, entered_for=world.ihk, contact_email=world.alice.email)
    unconfirmed = make_visit_request(police=world.police, state=VisitRequest.State.UNCONFIRMED)
    tomorrow = timezone.now() + A_DAY
    talk = Appointment.objects.filter(state=State.ATTENDED, lane__isnull=False).earliest("pk")
    link = issue_link(thing=waiting, purpose=Purpose.VISIT, expires_at=tomorrow)
    confirm = issue_link(thing=unconfirmed, purpose=Purpose.VISIT_CONFIRM, expires_at=tomorrow)
    of_police = ("", "_hand_over", "_put_back", "_end", "_give_away")
    return {
        **under("own_visits:", OF_THE_FIRM, own.reference),
        **under("appointments:visit_request", of_police, taken.reference),
        **under("appointments:", ("visit_after_talk",), talk.reference),
        **under("consultations:visit_", BY_LINK, link),
        **under("consultations:visit_", ("confirm",), confirm),
    }


def _planned(world: World) -> Paths:
    """A visit that stands, and one with a time that the firm may choose."""
    planned, asked = (make_visit_request(police=world.police, takes_freed_times=True) for _number in range(2))
    days = [factories.a_week_ahead() + number * A_DAY for number in (10, 11)]
    first, second = (at_wall_time(day, datetime.time(16)) for day in days)
    make_visit(request=planned, officer=world.pia, starts_at=first)
    make_visit(request=asked, officer=world.pia, starts_at=second, state=State.PROPOSED)
    times = issue_link(thing=asked, purpose=Purpose.VISIT, expires_at=timezone.now() + A_DAY)
    return {
        **under("appointments:visit_", ("plan", "cancel", "hand_over"), planned.reference),
        "appointments:travel_of": reverse("appointments:travel_of", args=[world.police.pk]),
        "consultations:visit_times": reverse("consultations:visit_times", args=[times]),
    }
