"""The ticket."""

from django.urls import path

from forums.views import tickets

urlpatterns = [
    path("anmeldung/<str:token>/ticket/", tickets.link_tickets, name="ticket"),
    path("anmeldung/<str:token>/ticket.pdf", tickets.link_tickets_pdf, name="ticket_pdf"),
]
