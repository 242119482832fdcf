"""Mails about certificates. None has one attached; the link leads to it, and dies when it is revoked."""

import datetime
from typing import Any

from django.urls import reverse
from django.utils import timezone, translation

from forums.models import Certificate, Registration
from forums.responsible import people_responsible
from partnership.current import absolute_url
from partnership.links import issue_link
from partnership.models import SecretLink
from partnership.outbox import queue_mail
from partnership.times import berlin_day, long_day

LINK_LASTS = datetime.timedelta(days=180)


def tell_issued(certificate: Certificate, *, replaces: Certificate | None = None) -> None:
    reader = _reader_of(certificate)
    if reader is None:
        return
    token = issue_link(
        thing=certificate,
        purpose=SecretLink.Purpose.CERTIFICATE,
        expires_at=timezone.now() + LINK_LASTS,
    )
    with translation.override(reader.page_language):
        content = _facts(certificate) | {
            "certificate_url": _address(certificate, "certificates:own", token),
            "page": _address(certificate, "certificates:verify", certificate.number),
            "replaces": replaces.number if replaces else "",
        }
    _queue("certificate_issued", certificate, reader, content)


def tell_revoked(certificate: Certificate) -> None:
    reader = _reader_of(certificate)
    if reader is None:
        return
    with translation.override(reader.page_language):
        content = _facts(certificate) | {"reason": certificate.revoke_reason}
    _queue("certificate_revoked", certificate, reader, content)


def tell_in_doubt(certificate: Certificate) -> None:
    """To those responsible for the event, in German and without the name: they find it on the page."""
    event = certificate.event
    content = {
        **{key: value for key, value in _facts(certificate).items() if key != "whose"},
        "page": _address(certificate, "events:certificates", event.reference) + "?stand=pruefen",
    }
    for person in people_responsible(event.organiser, event.partnership):
        queue_mail(
            partnership=event.partnership,
            kind="certificate_in_doubt",
            to_name=person.name,
            to_email=person.email,
            content=content,
            thing=certificate,
        )


def _reader_of(certificate: Certificate) -> Registration | None:
    """Whose mailbox is written to: the own one, or that of whoever has registered this person along."""
    own, by = certificate.registration, certificate.registration.registered_by
    return own if own.email else by if by and by.email else None


def _facts(certificate: Certificate) -> dict[str, Any]:
    return {
        "number": certificate.number,
        "whose": certificate.registration.name,
        "title": certificate.event.title,
        "day": long_day(berlin_day(certificate.event.starts_at)),
        "organiser": certificate.event.organiser.name,
        "contact_phone": certificate.event.contact_phone,
        "contact_email": certificate.event.contact_email,
    }


def _address(certificate: Certificate, name: str, key: str) -> str:
    return absolute_url(certificate.event.partnership, reverse(name, args=[key]))


def _queue(kind: str, certificate: Certificate, reader: Registration, content: dict[str, Any]) -> None:
    queue_mail(
        partnership=certificate.event.partnership,
        kind=kind,
        to_name=reader.name,
        to_email=reader.email,
        language=reader.page_language,
        content=content,
        thing=certificate,
    )
