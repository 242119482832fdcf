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
from partnership.views.publications import content, editions

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
    path("broschueren/", editions.brochure_list, name="brochures"),
    path("broschueren/neu/", editions.add, name="brochure_add"),
    path(
        "partnerschaften/<int:pk>/broschueren/vorlage/", editions.take_template, name="brochure_take_template"
    ),
    path("broschueren/<int:pk>/neue-fassung/", editions.begin, name="brochure_begin"),
    path("broschueren/fassungen/<int:pk>/", editions.edition, name="brochure_edition"),
    path("broschueren/fassungen/<int:pk>/vorschau/", editions.preview, name="brochure_preview"),
    path("broschueren/fassungen/<int:pk>/titel/", editions.change, name="brochure_change"),
    path("broschueren/fassungen/<int:pk>/vorlegen/", editions.propose, name="brochure_propose"),
    path("broschueren/fassungen/<int:pk>/zurueckgeben/", editions.send_back, name="brochure_send_back"),
    path("broschueren/fassungen/<int:pk>/zurueckziehen/", editions.withdraw, name="brochure_withdraw"),
    path("broschueren/fassungen/<int:pk>/kapitel/neu/", content.chapter_add, name="brochure_chapter_add"),
    path("broschueren/fassungen/<int:pk>/partner/neu/", content.partner_add, name="brochure_partner_add"),
    path("broschueren/kapitel/<int:pk>/", content.chapter_change, name="brochure_chapter"),
    path("broschueren/kapitel/<int:pk>/bild/", content.chapter_picture, name="brochure_picture"),
    path(
        "broschueren/kapitel/<int:pk>/bild/entfernen/",
        content.chapter_picture_remove,
        name="brochure_picture_remove",
    ),
    path("broschueren/kapitel/<int:pk>/hoch/", content.chapter_up, name="brochure_chapter_up"),
    path("broschueren/kapitel/<int:pk>/entfernen/", content.chapter_remove, name="brochure_chapter_remove"),
    path("broschueren/partner/<int:pk>/", content.partner_change, name="brochure_partner"),
    path("broschueren/partner/<int:pk>/entfernen/", content.partner_remove, name="brochure_partner_remove"),
    path("broschueren/partner/<int:pk>/freigeben/", editions.release, name="brochure_release"),
    path("broschueren/partner/<int:pk>/freigabe/", editions.note_release, name="brochure_note_release"),
]
