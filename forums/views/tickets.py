"""The own ticket, to show at the door or to print."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from forums.door.own_tickets import lay_out_tickets, print_tickets
from forums.registering.access import RegistrationAccess
from forums.views.own_registration import by_link, by_person


@require_safe
def tickets(request: HttpRequest, access: RegistrationAccess) -> HttpResponse:
    return render(request, "forums/tickets/tickets.html", lay_out_tickets(access))


@require_safe
def tickets_pdf(request: HttpRequest, access: RegistrationAccess) -> HttpResponse:
    response = HttpResponse(print_tickets(access), content_type="application/pdf")
    name = f"ticket-{access.registration.event.reference}.pdf"
    response["Content-Disposition"] = f'inline; filename="{name}"'
    return response


link_tickets, own_tickets = by_link(tickets), by_person(tickets)
link_tickets_pdf, own_tickets_pdf = by_link(tickets_pdf), by_person(tickets_pdf)
