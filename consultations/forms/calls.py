"""When a call that nobody answered is made again."""

import datetime
from typing import ClassVar

from crispy_forms.helper import FormHelper
from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from partnership.forms.fields import moment_field
from partnership.times import at_wall_time, berlin
from partnership.working_days import next_working_day

IN_A_WHILE = datetime.timedelta(minutes=30)
BEFORE_THE_TALK = datetime.timedelta(minutes=10)
STEP = datetime.timedelta(minutes=5)
OPENS, CLOSES = datetime.time(8), datetime.time(17)


class CallAgainForm(forms.Form):
    faults: ClassVar = {"invalid": _("Die Uhrzeit ist nicht zu erkennen")}

    again = moment_field(_("Wieder anrufen"))

    def __init__(self, data: QueryDict | None = None, *, proposed: datetime.datetime) -> None:
        super().__init__(data, initial={"again": proposed})
        self.helper = FormHelper()
        self.helper.form_tag = False


def next_attempt(*, now: datetime.datetime, before: datetime.datetime) -> datetime.datetime:
    """In half an hour, in office hours, and before it is too late."""
    last = before - BEFORE_THE_TALK
    proposed = now + IN_A_WHILE
    local = berlin(proposed)
    past_step = datetime.timedelta(
        minutes=local.minute % 5, seconds=local.second, microseconds=local.microsecond
    )
    proposed += STEP - past_step
    if local.time() >= CLOSES:
        proposed = at_wall_time(next_working_day(local.date()), OPENS)
    return last if now < last < proposed else proposed
