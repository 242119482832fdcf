"""How often a day comes back, and which of its days are entered."""

import datetime
import re
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Column, Div, Layout, Row
from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from consultations.forms.hours import TAKEN_OVER, WHEN_AND_WHERE, WHO_AND_HOW, HoursForm
from consultations.models import OfficeHours, OfficeHoursSeries
from consultations.preview import Preview, SeriesPreview
from consultations.recurrence import MOST_DAYS_AHEAD, Rule, last_of
from consultations.series import SeriesPlan
from partnership.forms.fields import choices_field, date_field, number_field, set_choices
from partnership.forms.layout import HintedFieldset
from partnership.forms.lines import OneLine
from partnership.refusals import Refusal
from partnership.times import WEEKDAYS, long_date, numeric_date, short_date, today

ONCE, WEEKLY, EVERY_WEEKS, MONTHLY = "once", "weekly", "every_weeks", "monthly"
REPEATS = [
    (ONCE, gettext_lazy("einmalig")),
    (WEEKLY, gettext_lazy("jede Woche")),
    (EVERY_WEEKS, gettext_lazy("alle … Wochen")),
    (MONTHLY, gettext_lazy("im Monat, am 1. bis 4. oder letzten Wochentag")),
]
ONE_DAY = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4}|\d{2})")
A_DAY = datetime.timedelta(days=1)


class DaysText(forms.CharField):
    """Single days and spans, divided by commas; a list of days comes out."""

    def to_python(self, value: Any) -> Any:
        text = super().to_python(value)
        if isinstance(text, list):
            return text
        days: set[datetime.date] = set()
        for part in filter(None, (part.strip() for part in re.split(r"[,;\n]", text or ""))):
            days.update(self._days_of(part))
        return sorted(days)

    def _days_of(self, part: str) -> list[datetime.date]:
        ends = [self._day(text.strip(), part) for text in re.split(r"\s*(?:–|-|bis)\s*", part)]
        first, last = ends[0], ends[-1]
        if len(ends) > 2 or last < first or (last - first).days > MOST_DAYS_AHEAD:
            raise self._not_understood(part)
        return [first + datetime.timedelta(days=n) for n in range((last - first).days + 1)]

    def _day(self, text: str, part: str) -> datetime.date:
        found = ONE_DAY.fullmatch(text)
        if not found:
            raise self._not_understood(part)
        day, month, year = (int(number) for number in found.groups())
        try:
            return datetime.date(year if year > 99 else 2000 + year, month, day)
        except ValueError as error:
            raise self._not_understood(part) from error

    @staticmethod
    def _not_understood(part: str) -> forms.ValidationError:
        words = _("Schreiben Sie „%(part)s“ als Tag (24.12.2026) oder Zeitraum (21.12.2026 bis 2.1.2027).")
        return forms.ValidationError(words % {"part": part[:40]}, code="invalid")


class PlanForm(HoursForm):
    """A day of office hours, once or as the first of a series."""

    repeat = forms.ChoiceField(
        label=gettext_lazy("Wie oft?"),
        choices=REPEATS,
        initial=ONCE,
        error_messages={"required": gettext_lazy("Wählen Sie, wie oft.")},
    )
    every_weeks = number_field(gettext_lazy("Alle … Wochen"), least=2, most=12, required=False)
    nth = forms.ChoiceField(
        label=gettext_lazy("Im Monat am"),
        required=False,
        choices=[("", gettext_lazy("–")), *OfficeHoursSeries.Nth.choices],
    )
    weekdays = choices_field(
        gettext_lazy("Wochentage"),
        [(str(number), name) for number, name in enumerate(WEEKDAYS["de"])],
        required=False,
        help_text=gettext_lazy("Ohne Angabe: der Wochentag des ersten Tages"),
    )
    until = date_field(
        gettext_lazy("Bis"), required=False, help_text=gettext_lazy("höchstens 18 Monate voraus")
    )
    count = number_field(
        gettext_lazy("oder Zahl der Tage"),
        least=2,
        most=400,
        required=False,
        help_text=gettext_lazy("nach der Regel"),
    )
    exceptions = DaysText(
        label=gettext_lazy("Außerdem auslassen"),
        required=False,
        max_length=1000,
        help_text=gettext_lazy("Tage und Zeiträume, zum Beispiel 24.12.2026, 21.12.2026 bis 2.1.2027"),
    )
    skips_bridge_days = forms.BooleanField(
        label=gettext_lazy("Brückentage auslassen"),
        required=False,
        help_text=gettext_lazy("Montag vor und Freitag nach einem Feiertag"),
    )

    @staticmethod
    def layout() -> Layout:
        return Layout(WHEN_AND_WHERE, REPETITION, *WHO_AND_HOW)

    @property
    def is_series(self) -> bool:
        """Call it on a valid form."""
        return bool(self.cleaned_data["repeat"] != ONCE)

    def clean(self) -> dict[str, Any]:
        if self.cleaned_data.get("repeat") not in (None, ONCE):
            self._check_rule()
            self._check_end()
        return super().clean()

    def rule(self) -> Rule:
        values = self.cleaned_data
        repeat, monthly = values["repeat"], values["repeat"] == MONTHLY
        return Rule(
            rhythm=OfficeHoursSeries.Rhythm.MONTHLY if monthly else OfficeHoursSeries.Rhythm.WEEKLY,
            weekdays=[int(day) for day in values["weekdays"]] or [values["day"].weekday()],
            first_day=values["day"],
            last_day=values["until"] or values["day"],
            every_weeks=values["every_weeks"] if repeat == EVERY_WEEKS else 1,
            nth=int(values["nth"]) if monthly else None,
        )

    def series_plan(self) -> SeriesPlan:
        """Call it on a valid form of a series."""
        values = self.cleaned_data
        return SeriesPlan(
            rule=self.rule(),
            like=self.plan(),
            opens_days=values["opens_days"],
            closes_hours=values["closes_hours"],
            exceptions=values["exceptions"],
            skips_bridge_days=values["skips_bridge_days"],
        )

    def _last_day(self) -> datetime.date | None:
        is_once = self.cleaned_data.get("repeat") == ONCE
        return super()._last_day() if is_once else self.cleaned_data.get("until")

    def _check_rule(self) -> None:
        values = self.cleaned_data
        if values["repeat"] == EVERY_WEEKS and not (
            values.get("every_weeks") or self.errors.get("every_weeks")
        ):
            self._object("every_weeks", _("Geben Sie an, alle wie viele Wochen."))
        if values["repeat"] == MONTHLY and not (values.get("nth") or self.errors.get("nth")):
            self._object("nth", _("Wählen Sie, am wievielten Wochentag im Monat."))

    def _check_end(self) -> None:
        """A number of days becomes a last day."""
        values = self.cleaned_data
        if any(name in self.errors for name in ("day", "until", "count", "every_weeks", "nth", "weekdays")):
            return
        until, count, latest = values.get("until"), values.get("count"), today() + A_DAY * MOST_DAYS_AHEAD
        if bool(until) == bool(count):
            self._object("until", _("Geben Sie entweder den letzten Tag an oder die Zahl der Tage."))
            return
        if count:
            until = last_of(self.rule(), count)
        if until is None or until > latest:
            words = _("Eine Reihe reicht höchstens 18 Monate voraus. Wählen Sie weniger.")
            self._object("count" if count else "until", words)
        elif until < values["day"]:
            self._object("until", _("Die Reihe endet, bevor sie beginnt. Wählen Sie einen späteren Tag."))
        else:
            values["until"] = until
            if not self.rule().days():
                words = _("In dieser Zeit gibt es keinen solchen Tag. Wählen Sie einen späteren.")
                self._object("until", words)


class ProlongForm(forms.Form):
    until = date_field(gettext_lazy("Verlängern bis"), help_text=gettext_lazy("höchstens 18 Monate voraus"))

    faults = {"together": gettext_lazy("Das passt nicht zusammen")}

    def __init__(self, data: QueryDict | None = None, *, series: OfficeHoursSeries) -> None:
        super().__init__(data)
        self.series = series
        self.helper = FormHelper()
        self.helper.form_tag = False

    def clean_until(self) -> datetime.date:
        until: datetime.date = self.cleaned_data["until"]
        if until <= self.series.last_day:
            words = _("Bis dahin läuft die Reihe schon. Wählen Sie einen späteren Tag.")
            raise forms.ValidationError(words, code="together")
        if until > today() + A_DAY * MOST_DAYS_AHEAD:
            words = _("Eine Reihe reicht höchstens 18 Monate voraus. Wählen Sie einen früheren Tag.")
            raise forms.ValidationError(words, code="together")
        return until


class FromDayForm(forms.Form):
    """From which day of a series on; sent with the address."""

    ab = forms.ChoiceField(label=gettext_lazy("Ab welchem Tag?"))

    def __init__(self, first: datetime.date | None, days: list[OfficeHours]) -> None:
        super().__init__(initial={"ab": first.isoformat() if first else ""})
        choices = [(d.series_day.isoformat(), long_date(d.day)) for d in days if d.series_day]
        set_choices(self, "ab", choices)
        self.helper = FormHelper()
        self.helper.form_tag = False


class DaysForm(forms.Form):
    """The days of a preview, each with a box. `shown` says which boxes the page had, so that an empty one is
    told from a day that has come in since.
    """

    days = choices_field(gettext_lazy("Diese Tage werden angelegt"), required=False)
    added = choices_field(gettext_lazy("Ausgelassen; ankreuzen, um sie trotzdem anzulegen"), required=False)
    shown = OneLine(required=False, widget=forms.HiddenInput)

    def __init__(self, data: QueryDict | None = None, *, preview: SeriesPreview) -> None:
        possible, left_out = preview.possible, preview.left_out
        self.seen = set((data.get("shown", "") if data else "").split())
        named = [p.day.isoformat() for p in (*possible, *left_out)]
        self.is_new = not self.seen >= set(named)
        super().__init__(self._with_new_days(data, possible, named) if data else None)
        self.possible = {p.day.isoformat(): p.day for p in possible}
        self.left_out = {p.day.isoformat(): p.day for p in left_out}
        self._set_choices("days", possible, list(self.possible))
        self._set_choices("added", left_out, [])
        self.initial["shown"] = " ".join(named)
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.layout = Layout(
            *(["days"] if possible else []), *(["added"] if left_out else []), "shown"
        )

    def chosen(self) -> list[datetime.date]:
        """Call it on a valid form."""
        return sorted([self.possible[key] for key in self.cleaned_data["days"]] + self.put_in())

    def put_in(self) -> list[datetime.date]:
        return sorted(self.left_out[key] for key in self.cleaned_data["added"])

    def taken_out(self) -> list[datetime.date]:
        return sorted(day for key, day in self.possible.items() if key not in self.cleaned_data["days"])

    def vanishing(self, data: QueryDict) -> Refusal | None:
        """What to say where days were chosen on the page that are not possible any more."""
        chosen = self.seen & {*data.getlist("days"), *data.getlist("added")}
        gone = sorted(
            datetime.date.fromisoformat(key)
            for key in chosen - self.possible.keys() - self.left_out.keys()
            if ISO_DAY.fullmatch(key)
        )
        if not gone:
            return None
        days = ", ".join(numeric_date(day) for day in gone)
        return Refusal(
            _("Inzwischen geht das nicht mehr: %(days)s. Es ist nichts gespeichert; prüfen Sie die Liste.")
            % {"days": days}
        )

    def _with_new_days(self, data: QueryDict, possible: list[Preview], named: list[str]) -> QueryDict:
        """As sent, without what is no choice any more, with the boxes of new days set."""
        sent = data.copy()
        new = [p.day.isoformat() for p in possible if p.day.isoformat() not in self.seen]
        kept = [key for key in data.getlist("days") if key in {p.day.isoformat() for p in possible}]
        sent.setlist("days", [*kept, *(key for key in new if key not in kept)])
        sent.setlist("added", [key for key in data.getlist("added") if key in named and key not in kept])
        sent["shown"] = " ".join(named)
        return sent

    def _set_choices(self, name: str, previews: list[Preview], chosen: list[str]) -> None:
        field: Any = self.fields[name]
        field.choices = [(p.day.isoformat(), _words_of(p)) for p in previews]
        field.is_search = True
        self.initial[name] = chosen


ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
REPETITION = HintedFieldset(
    gettext_lazy("Wiederholung"),
    Row(Column("repeat"), Column("every_weeks"), Column("nth")),
    Div("weekdays", css_class="in-a-row"),
    Row(Column("until"), Column("count")),
    "exceptions",
    "skips_bridge_days",
    hint=gettext_lazy(
        "Bei „einmalig“ bleibt der Rest leer. Feiertage und Schließzeiten werden ausgelassen; "
        "die Vorschau nennt jeden Tag."
    ),
)


def initial_of_series(series: OfficeHoursSeries) -> dict[str, Any]:
    """Everything of a series but the house, the room and the officers: for the next one."""
    values = {name: getattr(series, name) for name in (*TAKEN_OVER, "topics", "languages")}
    weekly = EVERY_WEEKS if series.every_weeks > 1 else WEEKLY
    return values | {
        "day": max(series.first_day, today()),
        "repeat": MONTHLY if series.rhythm == OfficeHoursSeries.Rhythm.MONTHLY else weekly,
        "every_weeks": series.every_weeks if series.every_weeks > 1 else None,
        "nth": series.nth or "",
        "weekdays": [str(day) for day in series.weekdays],
        "until": series.last_day,
        "exceptions": ", ".join(f"{day:%d.%m.%Y}" for day in series.exceptions),
        "skips_bridge_days": series.skips_bridge_days,
        "opens_days": series.opens_days,
        "closes_hours": series.closes_hours,
    }


def _words_of(preview: Preview) -> str:
    day = f"{short_date(preview.day)}{preview.day.year}"
    return f"{day}: {preview.reasons}" if preview.objections else day
