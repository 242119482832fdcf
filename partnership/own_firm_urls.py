"""Under /konto/firma/: the firms for which a person speaks."""

from django.urls import path

from partnership.views import firm_invitation, own_contacts, own_firms

app_name = "own_firms"

urlpatterns = [
    path("neu/", own_firms.new, name="new"),
    path("einladung/<str:token>/", firm_invitation.invitation, name="invitation"),
    path("<int:pk>/", own_firms.firm, name="firm"),
    path("<int:pk>/aendern/", own_firms.change, name="change"),
    path("<int:pk>/verlassen/", own_contacts.leave, name="leave"),
    path("<int:pk>/einladen/", own_contacts.invite, name="invite"),
    path("<int:pk>/standorte/neu/", own_firms.site_new, name="site_new"),
    path("<int:pk>/standorte/<int:site_pk>/", own_firms.site_change, name="site_change"),
    path("<int:pk>/standorte/<int:site_pk>/entfernen/", own_firms.site_remove, name="site_remove"),
    path("<int:pk>/kontakte/<int:contact_pk>/telefon/", own_contacts.phone, name="contact_phone"),
    path("<int:pk>/kontakte/<int:contact_pk>/entfernen/", own_contacts.remove, name="contact_remove"),
    path("<int:pk>/kontakte/<int:contact_pk>/erneut/", own_contacts.invite_again, name="invite_again"),
]
