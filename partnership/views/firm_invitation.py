"""The page behind the mail that invites somebody to speak for a firm."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from partnership import firm_contacts
from partnership.limits import check_limit
from partnership.links import find_link
from partnership.models import FirmContact, SecretLink
from partnership.refusals import Refusal
from partnership.views.own_pages import CONFLICT, allow
from partnership.views.secret_links import secret_page

TEMPLATE = "partnership/own/invitation.html"


@secret_page
@allow
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Opening shows the firm's name, which the mail names too; the button accepts. Whether the address has an
    account is not said: both ways on are offered to everybody."""
    link = find_link(token, purpose=SecretLink.Purpose.FIRM_INVITATION, model=FirmContact)
    contact = FirmContact.objects.select_related("firm").filter(pk=link.object_id).first() if link else None
    if contact is None or contact.firm.merged_into_id:
        check_limit(request, "link")
        return render(request, "partnership/own/invitation_ended.html", status=404)
    context: dict[str, Any] = {"firm": contact.firm, "refusal": None}
    if request.method == "POST":
        try:
            firm_contacts.accept_invitation(contact_id=contact.pk)
        except Refusal as refusal:
            return render(request, TEMPLATE, context | {"refusal": refusal}, status=CONFLICT)
        return redirect(request.path)
    context["is_accepted"] = contact.email_confirmed_at is not None
    context["is_reader"] = request.user.is_authenticated and contact.person_id == request.user.pk
    return render(request, TEMPLATE, context)
