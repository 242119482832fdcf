"""The waiting list for appointments."""

import datetime

from django.db import transaction
from django.utils import timezone

from consultations.models import Appointment, Waiting
from consultations.waiting.answers import decline_offer
from consultations.waiting.offers import pass_on
from partnership.links import issue_link
from partnership.models import SecretLink
from tests import factories
from tests.browser.addresses import Paths, under
from tests.personas import World

State = Appointment.State
Purpose = SecretLink.Purpose
A_DAY = datetime.timedelta(days=1)

PAGES = {
    "visitor": [
        *("consultations:waiting_join", "consultations:waiting_sent", "consultations:waiting_confirm"),
        *("consultations:waiting", "consultations:waiting_leave"),
    ],
    "bert": [
        *("appointments:waiting_lists", "appointments:waiting_new", "appointments:waiting"),
        "appointments:waiting_off",
    ],
}
NO_PAGES = {"appointments:waiting_answer"}


def paths(world: World) -> Paths:
    """One who was passed over, one with an open offer after a declined one, one not confirmed yet."""
    far = factories.make_hours(
        office=world.office,
        police=world.police,
        officers=[factories.make_person()],
        day=world.hours.day + 20 * A_DAY,
    )
    factories.make_waiting(office=world.office, weekdays=[6])
    waiting = factories.make_waiting(office=world.office, weekdays=[], part_of_day="morning")
    for index in range(2):
        freed = factories.make_appointment(hours=far, index=index, state=State.CANCELLED)
        with transaction.atomic():
            offer = pass_on(lane=freed.lane, period=freed.period, now=timezone.now())
        if index == 0 and offer:
            decline_offer(offer_id=offer.pk)
    unconfirmed = factories.make_waiting(office=world.office, state=Waiting.State.UNCONFIRMED)
    tomorrow = timezone.now() + A_DAY
    place = issue_link(thing=waiting, purpose=Purpose.WAITING, expires_at=tomorrow)
    confirm = issue_link(thing=unconfirmed, purpose=Purpose.WAITING_CONFIRM, expires_at=tomorrow)
    return {
        **under("appointments:waiting", ("", "_off"), waiting.pk),
        **under("consultations:waiting", ("", "_leave"), place),
        **under("consultations:waiting", ("_confirm",), confirm),
    }
