"""What firms have answered in the quarters before: about every third, mostly content. Only yesterday's talks
and those of the firm that signs in are still to be asked about."""

import datetime

from django.utils import timezone

from consultations.demo.bookings import dice_for
from consultations.demo.cast import Cast
from consultations.models import Appointment, SatisfactionAnswer
from consultations.numbers.counting import quarter_of
from partnership.demo import leipzig
from partnership.times import berlin_day, today

HELPED = (5, 5, 5, 4, 4, 4, 3, 2, 1)
EASE = (5, 5, 4, 4, 4, 3, 3, 2)
ONE_IN = 3


def add_answers(cast: Cast) -> None:
    dice = dice_for("answers")
    talks = Appointment.objects.filter(partnership=cast.partnership, state=Appointment.State.ATTENDED)
    not_yet = talks.filter(period__endswith__gte=timezone.now() - datetime.timedelta(days=1))
    asked = talks.exclude(pk__in=not_yet).exclude(contact_email=leipzig.FIRM_OWNER_EMAIL)
    asked.update(satisfaction_asked_on=today())
    answers = []
    for talk in talks.exclude(contact_email="").order_by("period", "pk"):
        quarter = quarter_of(berlin_day(talk.starts_at))
        if talk.host_id and quarter < quarter_of(today()) and dice.randrange(ONE_IN) == 0:
            answers.append(
                SatisfactionAnswer(
                    partnership_id=talk.partnership_id,
                    host_id=talk.host_id,
                    police_id=talk.police_id,
                    quarter=quarter,
                    helped=dice.choice(HELPED),
                    ease=dice.choice(EASE),
                )
            )
    SatisfactionAnswer.objects.bulk_create(answers)
