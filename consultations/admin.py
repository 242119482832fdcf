"""Office hours and appointments for technicians, to look at. What firms confide (Concern) is not here."""

from django.contrib import admin
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.utils.translation import gettext_lazy as _

from consultations.models import Appointment, Claim, Lane, OfficeHours
from partnership.admin import ReadOnlyTable
from partnership.times import short_moment


@admin.register(OfficeHours)
class OfficeHoursAdmin(ReadOnlyTable):
    list_display = ["day", "starts", "ends", "office", "room", "state"]
    list_filter = ["state", "office"]
    list_select_related = ["office", "room"]
    date_hierarchy = "day"
    ordering = ["-day", "-starts"]


@admin.register(Lane)
class LaneAdmin(ReadOnlyTable):
    list_display = ["hours", "number", "officer", "agreed_at"]
    list_filter = ["officer"]
    list_select_related = ["hours__office", "officer"]


@admin.register(Appointment)
class AppointmentAdmin(ReadOnlyTable):
    list_display = ["reference", "state", "mode", "when", "lane", "firm_name"]
    list_filter = ["state", "mode", "host"]
    list_select_related = ["lane__hours__office"]
    search_fields = ["reference", "firm_name"]
    ordering = ["-period", "-pk"]
    exclude = ["period"]
    readonly_fields = ["when"]

    @admin.display(description=_("Zeit"), ordering="period")
    def when(self, appointment: Appointment) -> str:
        return _span(appointment.period)


@admin.register(Claim)
class ClaimAdmin(ReadOnlyTable):
    list_display = ["when", "kind", "officer", "room", "hours"]
    list_filter = ["kind", "officer", "room"]
    list_select_related = ["officer", "room__office", "hours__office"]
    ordering = ["-blocked", "-pk"]
    exclude = ["blocked"]
    readonly_fields = ["when"]

    @admin.display(description=_("belegt"), ordering="blocked")
    def when(self, claim: Claim) -> str:
        return _span(claim.blocked)


def _span(period: DateTimeTZRange) -> str:
    return f"{short_moment(period.lower)} – {short_moment(period.upper)}"
