"""Absences and places without an officer; `workplace_urls` takes them into its namespace."""

from django.urls import path

from consultations.views import absences, without_officer

urlpatterns = [
    path("abwesenheit/", absences.absences, name="absences"),
    path("abwesenheit/heute/", absences.absent_today, name="absent_today"),
    path("abwesenheit/<int:pk>/", absences.absence, name="absence"),
    path("abwesenheit/<int:pk>/zuruecknehmen/", absences.withdraw, name="absence_withdraw"),
    path("sprechtage/ohne-beamtin/", without_officer.without_officer, name="without_officer"),
    path(
        "sprechtage/<int:pk>/ohne-beamtin/",
        without_officer.hours_without_officer,
        name="hours_without_officer",
    ),
    path("sprechtage/<int:pk>/vertretung/", without_officer.put_deputy, name="put_deputy"),
    path("sprechtage/<int:pk>/vertretung/absagen/", without_officer.release_deputy, name="release_deputy"),
]
