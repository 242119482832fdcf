"""Under /arbeitsplatz/verwaltung/: what coordinators set up, and for their own house desks and leads."""

from django.urls import path

from partnership.views.administration import (
    blocked_addresses,
    houses,
    invitations,
    organisations,
    partnerships,
    people,
    posts,
    start,
)

app_name = "administration"

urlpatterns = [
    path("", start.start, name="start"),
    path("aufgaben/", start.tasks, name="tasks"),
    path("partnerschaften/<int:pk>/", partnerships.particulars, name="partnership"),
    path("partnerschaften/<int:pk>/texte/", partnerships.texts, name="texts"),
    path("partnerschaften/<int:pk>/gebiete/", partnerships.areas, name="areas"),
    path(
        "partnerschaften/<int:pk>/gebiete/<int:area_pk>/hinzufuegen/", partnerships.area_add, name="area_add"
    ),
    path(
        "partnerschaften/<int:pk>/gebiete/<int:area_pk>/entfernen/",
        partnerships.area_remove,
        name="area_remove",
    ),
    path("organisationen/", organisations.organisation_list, name="organisations"),
    path("organisationen/neu/", organisations.add, name="organisation_add"),
    path("organisationen/<int:pk>/", organisations.organisation, name="organisation"),
    path("organisationen/<int:pk>/aendern/", organisations.change, name="organisation_change"),
    path(
        "organisationen/<int:pk>/mitgliedschaften/neu/", organisations.membership_add, name="membership_add"
    ),
    path(
        "organisationen/<int:pk>/mitgliedschaften/<int:membership_pk>/beenden/",
        organisations.membership_end,
        name="membership_end",
    ),
    path("organisationen/<int:organisation_pk>/haeuser/neu/", houses.add, name="office_add"),
    path("haeuser/", houses.office_list, name="offices"),
    path("haeuser/<int:pk>/", houses.office, name="office"),
    path("haeuser/<int:pk>/aendern/", houses.change, name="office_change"),
    path("haeuser/<int:pk>/raeume/", houses.rooms, name="rooms"),
    path("haeuser/<int:pk>/betrieb/", houses.service, name="office_service"),
    path("haeuser/<int:pk>/schliesszeiten/<int:closure_pk>/", houses.closure, name="closure"),
    path(
        "haeuser/<int:pk>/schliesszeiten/<int:closure_pk>/entfernen/",
        houses.closure_remove,
        name="closure_remove",
    ),
    path("gesperrte-adressen/", blocked_addresses.blocked_addresses, name="blocked_addresses"),
    path("gesperrte-adressen/<int:pk>/freigeben/", blocked_addresses.lift, name="address_lift"),
    path("personen/", people.people, name="people"),
    path("personen/einladen/", invitations.invite, name="invite"),
    path("personen/<int:pk>/", people.person, name="person"),
    path("personen/<int:pk>/funktion/", posts.add, name="post_add"),
    path("personen/<int:pk>/sperren/", people.closing, name="person_closing"),
    path("personen/<int:pk>/gesperrt/", people.close, name="person_close"),
    path("personen/<int:pk>/entsperren/", people.reopen, name="person_reopen"),
    path("funktionen/<int:pk>/beenden/", posts.end, name="post_end"),
    path("funktionen/<int:pk>/zuruecknehmen/", posts.withdraw, name="post_withdraw"),
    path("funktionen/<int:pk>/vertretung/", posts.deputy, name="deputy_add"),
    path("vertretungen/<int:pk>/beenden/", posts.deputy_end, name="deputy_end"),
    path("einladungen/<int:pk>/senden/", invitations.send_again, name="invitation_send"),
    path("einladungen/<int:pk>/zurueckziehen/", invitations.withdraw, name="invitation_withdraw"),
]
