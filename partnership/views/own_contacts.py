"""Who speaks for one's own firm: invite, invite again, telephone, remove, leave."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from partnership import firm_contacts
from partnership.current import current_partnership
from partnership.forms.own_firm import InviteForm, PhoneForm
from partnership.limits import check_limit
from partnership.models import Firm, FirmContact, Partnership
from partnership.refusals import Refusal
from partnership.times import current_language
from partnership.views.own_pages import (
    form_page,
    own_act,
    own_firm,
    own_page,
    person_of,
    question_page,
    typed,
)


@own_page
def invite(request: HttpRequest, pk: int) -> HttpResponse:
    firm = own_firm(request, pk)
    form = InviteForm(typed(request))
    page = _about(firm) | {
        "title": _("Kollegin oder Kollegen einladen"),
        "intro": _(
            "Wer die Einladung annimmt, spricht für die Firma wie Sie: ändert Angaben und Standorte, "
            "lädt andere ein und kann auch Sie entfernen."
        ),
        "button": _("Einladung senden"),
        "refused": _("Nicht eingeladen"),
    }
    if request.method != "POST" or not form.is_valid():
        return form_page(request, form, **page)
    check_limit(request, "invite")
    try:
        contact = firm_contacts.invite_colleague(
            firm_id=firm.pk,
            name=form.cleaned_data["name"],
            email=form.cleaned_data["email"],
            actor=person_of(request),
            partnership=_partnership(request),
            language=current_language(),
        )
    except Refusal as refusal:
        return form_page(request, form, **page, refusal=refusal)
    messages.success(request, _("Die Einladung an %(email)s ist unterwegs.") % {"email": contact.email})
    return redirect("own_firms:firm", pk)


@own_act
def invite_again(request: HttpRequest, pk: int, contact_pk: int) -> HttpResponse:
    firm = own_firm(request, pk)
    contact = get_object_or_404(FirmContact, firm=firm, pk=contact_pk)
    check_limit(request, "invite")
    try:
        firm_contacts.invite_again(
            firm_id=firm.pk,
            contact_id=contact.pk,
            actor=person_of(request),
            partnership=_partnership(request),
            language=current_language(),
        )
    except Refusal as refusal:
        messages.warning(request, refusal.sentence)
        return redirect("own_firms:firm", pk)
    messages.success(
        request, _("Die Einladung an %(email)s ist noch einmal unterwegs.") % {"email": contact.email}
    )
    return redirect("own_firms:firm", pk)


@own_page
def phone(request: HttpRequest, pk: int, contact_pk: int) -> HttpResponse:
    firm = own_firm(request, pk)
    contact = get_object_or_404(FirmContact, firm=firm, pk=contact_pk)
    form = PhoneForm(typed(request), initial={"phone": contact.phone})
    page = _about(firm) | {
        "title": _("Telefon von %(name)s") % {"name": contact.name},
        "button": _("Speichern"),
    }
    if request.method != "POST" or not form.is_valid():
        return form_page(request, form, **page)
    try:
        firm_contacts.change_phone(
            firm_id=firm.pk,
            contact_id=contact.pk,
            phone=form.cleaned_data["phone"],
            actor=person_of(request),
        )
    except Refusal as refusal:
        return form_page(request, form, **page, refusal=refusal)
    messages.success(request, _("Die Nummer ist gespeichert."))
    return redirect("own_firms:firm", pk)


@own_page
def remove(request: HttpRequest, pk: int, contact_pk: int) -> HttpResponse:
    """A colleague, or an invitation that nobody has accepted yet."""
    firm = own_firm(request, pk)
    contact = get_object_or_404(FirmContact, firm=firm, pk=contact_pk)
    page = _about(firm) | (_removing(contact) if contact.email_confirmed_at else _withdrawing(contact))
    if request.method != "POST":
        return question_page(request, **page)
    try:
        firm_contacts.remove_contact(firm_id=firm.pk, contact_id=contact.pk, actor=person_of(request))
    except Refusal as refusal:
        return question_page(request, **page, refusal=refusal)
    messages.success(request, page["done"])
    return redirect("own_firms:firm", pk)


@own_page
def leave(request: HttpRequest, pk: int) -> HttpResponse:
    firm = own_firm(request, pk)
    page = _about(firm) | {
        "title": _("Firma verlassen?"),
        "sentences": [
            _("Sie ändern dann keine Angaben und Standorte der Firma mehr und laden niemanden mehr ein."),
            _("Termine, die Sie gebucht haben, bleiben Ihre. Zurück kommen Sie nur auf Einladung."),
        ],
        "button": _("Firma verlassen"),
        "back_words": _("Weiter für die Firma sprechen"),
        "refused": _("Sie sprechen weiter für die Firma"),
    }
    if request.method != "POST":
        return question_page(request, **page)
    try:
        firm_contacts.leave_firm(firm_id=firm.pk, actor=person_of(request))
    except Refusal as refusal:
        return question_page(request, **page, refusal=refusal)
    messages.success(request, _("Sie sprechen nicht mehr für %(firm)s.") % {"firm": firm.name})
    return redirect("account_home")


def _removing(contact: FirmContact) -> dict[str, Any]:
    return {
        "title": _("%(name)s entfernen?") % {"name": contact.name},
        "what": contact.email,
        "sentences": [
            _("Sie oder er spricht dann nicht mehr für die Firma. Eigene Termine und das Konto bleiben."),
        ],
        "button": _("Entfernen"),
        "back_words": _("Nicht entfernen"),
        "refused": _("Nicht entfernt"),
        "done": _("%(name)s spricht nicht mehr für die Firma.") % {"name": contact.name},
    }


def _withdrawing(contact: FirmContact) -> dict[str, Any]:
    return {
        "title": _("Einladung an %(name)s zurückziehen?") % {"name": contact.name},
        "what": contact.email,
        "sentences": [_("Der Link in der E-Mail öffnet dann nichts mehr.")],
        "button": _("Einladung zurückziehen"),
        "back_words": _("Einladung stehen lassen"),
        "refused": _("Nicht zurückgezogen"),
        "done": _("Die Einladung an %(email)s ist zurückgezogen.") % {"email": contact.email},
    }


def _partnership(request: HttpRequest) -> Partnership:
    partnership = current_partnership(request)
    if partnership is None:
        raise Http404
    return partnership


def _about(firm: Firm) -> dict[str, Any]:
    return {
        "above": firm.name,
        "back_url": reverse("own_firms:firm", args=[firm.pk]),
        "back_words": _("Zurück zur Firma"),
        "refused": _("Nicht gespeichert"),
    }
