"""What is to be different about a day that is planned, and whether about the later ones, too."""

import datetime
from typing import Any

from crispy_forms.layout import Column, Fieldset, Layout, Row
from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from consultations import booking_window
from consultations.changing import Change
from consultations.forms.hours import TAKEN_OVER, WHO_AND_HOW, HoursForm, initial_like
from consultations.models import OfficeHours
from partnership.forms.fields import set_choices
from partnership.models import Post, Room
from partnership.times import numeric_date

THIS_DAY, FOLLOWING = "tag", "ab"


class ChangeForm(HoursForm):
    """The house stays; the day itself can only move alone."""

    reach = forms.ChoiceField(
        label=gettext_lazy("Die Änderung gilt"),
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Wählen Sie, für welche Tage die Änderung gilt.")},
    )

    def __init__(
        self,
        data: QueryDict | None,
        *,
        hours: OfficeHours,
        rooms: list[Room],
        officers: list[Post],
        later: int,
        last_day: datetime.date,
    ) -> None:
        """`later`: how many days of the series come after this one; without a series 0. `last_day` is the
        last of them, or this one.
        """
        self.last_day_of_series = last_day
        self.hours = hours
        self.later = later
        officers = [post for post in officers if post.organisation_id == hours.police_id]
        officers += _seats_without_post(hours, officers)
        super().__init__(
            data,
            partnership=hours.partnership,
            offices=[hours.office],
            rooms=rooms,
            officers=officers,
            initial=initial_like(hours, officers) | {"day": hours.day, "reach": THIS_DAY},
        )
        del self.fields["office"]
        if not any(lane.officer for lane in hours.lanes.all()):
            self.fields["officer"].required = False
        set_choices(self, "room", [("", _("ohne Raum")), *((str(r.pk), r.name) for r in rooms)])
        words = {"day": numeric_date(hours.day), "number": later}
        set_choices(
            self,
            "reach",
            [
                (THIS_DAY, _("nur für diesen Tag, %(day)s") % words),
                (FOLLOWING, _("ab diesem Tag: auch für die %(number)d späteren der Reihe") % words),
            ],
        )
        if not later:
            del self.fields["reach"]
        self.helper.layout = Layout(
            *(["reach"] if later else []),
            Fieldset(_("Wann und wo"), Row(Column("day"), Column("starts"), Column("ends")), "room"),
            *WHO_AND_HOW,
        )

    @property
    def is_for_following(self) -> bool:
        """Call it on a valid form."""
        return self.cleaned_data.get("reach") == FOLLOWING

    def clean(self) -> dict[str, Any]:
        values = super().clean()
        if values.get("reach") == FOLLOWING and values.get("day") not in (None, self.hours.day):
            self._object(
                "day",
                _(
                    "Ein anderes Datum gilt nur für diesen Tag. Für einen anderen Wochentag sagen Sie die "
                    "Reihe ab einem Tag ab und legen mit „Wie diese Reihe“ eine neue an."
                ),
            )
        return values

    def _last_day(self) -> datetime.date | None:
        return self.last_day_of_series if self.is_for_following else super()._last_day()

    def _is_closing_kept(self) -> bool:
        """Where booking is over already, something else about the day can still be changed."""
        values, hours = self.cleaned_data, self.hours
        same_window = values["closes_hours"] == booking_window.hours_before_of(hours)
        return same_window and (values["day"], values["starts"]) == (hours.day, hours.starts)

    def change(self) -> Change:
        """What differs from the day as it is; call it on a valid form."""
        values = self.cleaned_data
        wanted = {name: values[name] for name in ("day", *TAKEN_OVER, "topics", "languages")}
        wanted["room"] = self.rooms.get(values["room"])
        new = {name: value for name, value in wanted.items() if not self._is_same(name, value)}
        if "pause_starts" in new or "pause_ends" in new:
            new |= {name: wanted[name] for name in ("pause_starts", "pause_ends")}
        if values["opens_days"] != booking_window.days_before_of(self.hours):
            new["opens_days"] = values["opens_days"]
        if values["closes_hours"] != booking_window.hours_before_of(self.hours):
            new["closes_hours"] = values["closes_hours"]
        before = [lane.officer for lane in self.hours.lanes.all() if lane.officer]
        officers = [post.person for post in self._chosen().values()]
        if {o.pk for o in officers} == {o.pk for o in before}:
            return Change(values=new)
        return Change(values=new, officers=officers, officers_before=before)

    def _is_same(self, name: str, value: Any) -> bool:
        now = getattr(self.hours, name)
        return set(now) == set(value) if isinstance(value, list) else bool(now == value)


def _seats_without_post(hours: OfficeHours, officers: list[Post]) -> list[Post]:
    """Deputies sit in hours without an officer's post of their own: rows to choose from that are not saved,
    with a key that no post has.
    """
    known = {post.person_id for post in officers}
    return [
        Post(
            pk=-lane.officer.pk,
            person=lane.officer,
            organisation=hours.police,
            role=Post.Role.OFFICER,
            starts=hours.day,
        )
        for lane in hours.lanes.all()
        if lane.officer and lane.officer_id not in known
    ]
