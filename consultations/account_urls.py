"""Under /konto/termine/: own appointments of whoever is signed in."""

from django.urls import path

from consultations.views import account

app_name = "own_appointments"

urlpatterns = [
    path("uebernehmen/", account.claim, name="claim"),
    path("<str:reference>/", account.appointment, name="appointment"),
    path("<str:reference>/kalender.ics", account.calendar, name="appointment_calendar"),
    path("<str:reference>/verschieben/", account.move, name="move"),
    path("<str:reference>/absagen/", account.cancel, name="cancel"),
]
