"""Under /konto/foren/: the own registrations of whoever is signed in."""

from django.urls import path

from forums.views import bringing, own_certificates, own_registration, tickets, waiting

app_name = "own_registrations"

urlpatterns = [
    path("", own_registration.registrations, name="registrations"),
    path("<str:reference>/", own_registration.own_page, name="registration"),
    path("<str:reference>/ticket/", tickets.own_tickets, name="ticket"),
    path("<str:reference>/ticket.pdf", tickets.own_tickets_pdf, name="ticket_pdf"),
    path("<str:reference>/kalender.ics", own_registration.own_calendar, name="calendar_file"),
    path("<str:reference>/bescheinigung.pdf", own_certificates.account_pdf, name="certificate"),
    path("<str:reference>/aendern/", own_registration.own_change, name="change"),
    path("<str:reference>/abmelden/", own_registration.own_cancel, name="cancel"),
    path("<str:reference>/mitbringen/", bringing.own_bring, name="bring"),
    path("<str:reference>/warteliste/", waiting.own_waits, name="waits"),
]
