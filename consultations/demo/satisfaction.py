"""What firms have answered in the quarters before: about every third, mostly content."""

from consultations.demo.bookings import dice_for
from consultations.demo.cast import Cast
from consultations.models import Appointment, SatisfactionAnswer
from consultations.numbers import quarter_of
from partnership.times import berlin_day, today

HELPED = (5, 5, 5, 4, 4, 4, 3, 2, 1)
EASE = (5, 5, 4, 4, 4, 3, 3, 2)
ONE_IN = 3


def add_answers(cast: Cast) -> None:
    dice = dice_for("answers")
    talks = Appointment.objects.filter(partnership=cast.partnership, state=Appointment.State.ATTENDED)
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
