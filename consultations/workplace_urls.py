"""Under /arbeitsplatz/: office hours and appointments, for desks and police."""

from django.urls import path

from consultations.views import (
    calls,
    closing,
    desk_appointments,
    desk_callers,
    desk_firms,
    desk_hours,
    desk_plan,
    desk_week,
    firm_merges,
    house_loads,
    outcomes,
    today,
    walk_ins,
)

app_name = "appointments"

urlpatterns = [
    path("heute/", today.today, name="today"),
    path("woche/", desk_week.week, name="week"),
    path("woche/auslastung/", house_loads.load, name="load"),
    path("woche/tagesblatt.pdf", desk_week.day_sheet, name="day_sheet"),
    path("sprechtage/", desk_hours.hours_list, name="hours"),
    path("sprechtage/neu/", desk_plan.plan, name="hours_new"),
    path("sprechtage/<int:pk>/", desk_hours.hours_detail, name="hours_detail"),
    path("sprechtage/<int:pk>/zustimmen/", desk_hours.agree, name="hours_agree"),
    path("sprechtage/<int:pk>/veroeffentlichen/", desk_hours.publish, name="hours_publish"),
    path("sprechtage/<int:pk>/absagen/", desk_hours.cancel, name="hours_cancel"),
    path("termine/", desk_appointments.appointment_list, name="appointments"),
    path("termine/neu/", desk_callers.book, name="book_for_caller"),
    path("termine/ohne-anmeldung/", walk_ins.walk_in, name="walk_in"),
    path("anrufe/", calls.call_list, name="calls"),
    path("anrufe/<int:pk>/", calls.call, name="call"),
    path("anrufe/<int:pk>/ich-rufe-an/", calls.take, name="call_take"),
    path("anrufe/<int:pk>/doch-nicht/", calls.leave, name="call_leave"),
    path("verwaltung/haeuser/<int:pk>/schliessen/", closing.close, name="close_office"),
    path("firmen/", desk_firms.firm_list, name="firms"),
    path("firmen/suche/", desk_firms.firm_hits, name="firm_hits"),
    path("firmen/doppelte/", firm_merges.duplicates, name="duplicates"),
    path("firmen/doppelte/<int:first>/<int:second>/", firm_merges.pair, name="pair"),
    path(
        "firmen/doppelte/<int:first>/<int:second>/kein-duplikat/",
        firm_merges.no_duplicate,
        name="no_duplicate",
    ),
    path("firmen/zusammenfuehrungen/<int:pk>/", firm_merges.undo, name="merge_undo"),
    path("firmen/<int:pk>/", desk_firms.firm, name="firm"),
    path("firmen/<int:pk>/aendern/", desk_firms.firm_edit, name="firm_edit"),
    path("termine/<str:reference>/", desk_appointments.appointment, name="appointment"),
    path("termine/<str:reference>/absagen/", desk_appointments.cancel, name="appointment_cancel"),
    path("termine/<str:reference>/verschieben/", desk_callers.move, name="appointment_move"),
    path("termine/<str:reference>/ergebnis/", outcomes.outcome, name="outcome"),
]
