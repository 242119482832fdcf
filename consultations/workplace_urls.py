"""Under /arbeitsplatz/: office hours and appointments, for desks and police."""

from django.urls import path

from consultations import absence_urls
from consultations.views import (
    desk_appointments,
    desk_callers,
    desk_hours,
    desk_plan,
    desk_week,
    outcomes,
    today,
)

app_name = "appointments"

urlpatterns = [
    *absence_urls.urlpatterns,
    path("heute/", today.today, name="today"),
    path("woche/", desk_week.week, name="week"),
    path("woche/tagesblatt.pdf", desk_week.day_sheet, name="day_sheet"),
    path("sprechtage/", desk_hours.hours_list, name="hours"),
    path("sprechtage/neu/", desk_plan.plan, name="hours_new"),
    path("sprechtage/<int:pk>/", desk_hours.hours_detail, name="hours_detail"),
    path("sprechtage/<int:pk>/zustimmen/", desk_hours.agree, name="hours_agree"),
    path("sprechtage/<int:pk>/veroeffentlichen/", desk_hours.publish, name="hours_publish"),
    path("sprechtage/<int:pk>/absagen/", desk_hours.cancel, name="hours_cancel"),
    path("termine/", desk_appointments.appointment_list, name="appointments"),
    path("termine/neu/", desk_callers.book, name="book_for_caller"),
    path("termine/<str:reference>/", desk_appointments.appointment, name="appointment"),
    path("termine/<str:reference>/absagen/", desk_appointments.cancel, name="appointment_cancel"),
    path("termine/<str:reference>/verschieben/", desk_callers.move, name="appointment_move"),
    path("termine/<str:reference>/ergebnis/", outcomes.outcome, name="outcome"),
]
