"""Mails about a firm's account and about erasure; one function each, called inside the act's transaction."""

import datetime
from typing import Any

from django.urls import reverse
from django.utils import translation

from partnership.current import absolute_url
from partnership.models import ErasurePart, ErasureRequest, FirmContact, OutgoingMail, Partnership, Person
from partnership.outbox import queue_mail
from partnership.times import long_date, long_moment


def invite_to_firm(
    contact: FirmContact,
    *,
    inviter: Person,
    partnership: Partnership,
    token: str,
    ends: datetime.datetime,
    language: str,
) -> OutgoingMail:
    with translation.override(language):
        content = {
            "firm": contact.firm.name,
            "inviter": inviter.name or inviter.email,
            "ends": long_moment(ends),
            "invitation_url": absolute_url(partnership, reverse("own_firms:invitation", args=[token])),
        }
    return queue_mail(
        partnership=partnership,
        kind="firm_invitation",
        to_name=contact.name,
        to_email=contact.email,
        language=language,
        content=content,
        thing=contact,
    )


def confirm_erasure_asked(request: ErasureRequest, *, due_on: datetime.date) -> OutgoingMail:
    with translation.override(request.language):
        content = {
            "due_on": long_date(due_on),
            "controllers": [part.controller for part in request.parts.all()],
            "erasure_page": absolute_url(request.partnership, reverse("account_erasure")),
        }
    return _to_person(request, "erasure_asked", content)


def tell_part_decided(part: ErasurePart, *, kind: str) -> OutgoingMail:
    """`kind`: erasure_refused or erasure_part_done."""
    request = part.request
    with translation.override(request.language):
        content = {
            "controller": part.controller,
            "is_account": part.partnership_id is not None,
            "answer": part.answer,
            "erasure_page": absolute_url(request.partnership, reverse("account_erasure")),
        }
    return _to_person(request, kind, content)


def say_last_word(request: ErasureRequest, *, to_email: str, refused: list[ErasurePart]) -> OutgoingMail:
    """That the account is gone. The address goes from the row once the mail has left."""
    mail = queue_mail(
        partnership=request.partnership,
        kind="erasure_done",
        to_email=to_email,
        language=request.language,
        content={"refused": [{"controller": p.controller, "answer": p.answer} for p in refused]},
    )
    mail.is_last_word = True
    mail.save(update_fields=["is_last_word"])
    return mail


def _to_person(request: ErasureRequest, kind: str, content: dict[str, Any]) -> OutgoingMail:
    assert request.person is not None
    return queue_mail(
        partnership=request.partnership,
        kind=kind,
        to_name=request.person.name,
        to_email=request.person.email,
        language=request.language,
        content=content,
        thing=request,
    )
