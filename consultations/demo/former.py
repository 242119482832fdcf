"""What an officer who has left since has not finished: a talk without outcome, a day that lies ahead."""

import datetime
from contextlib import suppress

from consultations.demo.bookings import deal_firms, dice_for, write
from consultations.demo.cast import Cast
from consultations.demo.rota import Turn
from consultations.demo.rows import write_hours
from consultations.models import Appointment
from consultations.office_hours import agree_to_hours, plan_hours, publish_hours
from consultations.slots import cut_slots
from partnership.demo import leipzig
from partnership.demo.staff import FORMER_OFFICER
from partnership.refusals import Refusal
from partnership.times import today

TURN = Turn(
    weekday=0,
    office=leipzig.HWK_HOUSE,
    room="",
    officers=(FORMER_OFFICER,),
    hours=(datetime.time(16), datetime.time(17, 30)),
)


def add_what_was_left(cast: Cast) -> None:
    """Rooms are left to the rota."""
    past, ahead = (_working_day(days) for days in (-8, 12))
    before, after = cast.plan(TURN, past), cast.plan(TURN, ahead)
    if before is None or after is None:
        return
    desk = cast.desk_of(before.office)
    with suppress(Refusal):
        hours = write_hours(plan=before, actor=desk)
        place = (hours.lanes.get(), cut_slots(hours)[0])
        firm = next(deal_firms("left", past))
        write(cast, place, firm, Appointment.State.CONFIRMED, dice_for("left", past))
    with suppress(Refusal):
        planned = plan_hours(plan=after, actor=desk)
        agree_to_hours(hours_id=planned.pk, actor=after.officers[0])
        publish_hours(hours_id=planned.pk, actor=desk)


def _working_day(days: int) -> datetime.date:
    """So many days from today, or the Monday after."""
    day = today() + datetime.timedelta(days=days)
    return day + datetime.timedelta(days=max(0, 7 - day.weekday()) if day.weekday() > 4 else 0)
