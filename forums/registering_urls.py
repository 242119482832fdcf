"""Registering, confirming, and the registration's own page behind its link."""

from django.urls import path

from forums.views import bringing, own_registration, registering

urlpatterns = [
    path("bestaetigen/<str:token>/", registering.confirm_page, name="confirm"),
    path("anmeldung/<str:token>/", own_registration.link_page, name="registration"),
    path(
        "anmeldung/<str:token>/<str:reference>/kalender.ics",
        own_registration.link_calendar,
        name="calendar_file",
    ),
    path("anmeldung/<str:token>/<str:reference>/aendern/", own_registration.link_change, name="change"),
    path("anmeldung/<str:token>/<str:reference>/abmelden/", own_registration.link_cancel, name="cancel"),
    path("anmeldung/<str:token>/<str:reference>/mitbringen/", bringing.link_bring, name="bring"),
    path("<str:reference>/anmelden/", registering.register_page, name="register"),
    path("<str:reference>/anmelden/gesendet/", registering.sent, name="sent"),
]
