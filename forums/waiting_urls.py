"""What somebody waits for in an event, behind the link of a mail."""

from django.urls import path

from forums.views.waiting import link_waits

urlpatterns = [
    path("anmeldung/<str:token>/<str:reference>/warteliste/", link_waits, name="waits"),
]
