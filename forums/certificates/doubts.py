"""Where a valid certificate says something else than what is entered now."""

from collections.abc import Collection
from decimal import Decimal

from django.db import models
from django.utils.translation import gettext_lazy as _

from forums.certificates.mails import tell_in_doubt
from forums.certificates.proven import ProvenPart, proven_parts
from forums.models import Certificate, Registration
from partnership.journal import entries_about, log_act
from partnership.models import Person

ACT = "certificate.in_doubt"


class Doubt(models.TextChoices):
    NOT_THERE = "not_there", _("Anwesenheit zurückgenommen")
    LESS = "less", _("weniger Anwesenheit als bescheinigt")
    MORE = "more", _("mehr Anwesenheit als bescheinigt")
    NAME = "name", _("Name geändert")


def doubt_about(certificate: Certificate, proven: Collection[ProvenPart]) -> Doubt | None:
    """Of one that is not revoked; what was erased is in no doubt. Fetch it with its registration."""
    content = certificate.content
    if content is None or certificate.registration.emptied_at:
        return None
    said = {part["key"]: Decimal(part["hours"]) for part in content["parts"]}
    found = {row.part.pk: row.hours for row in proven}
    if not found:
        return Doubt.NOT_THERE
    if any(key not in found or found[key] < hours for key, hours in said.items()):
        return Doubt.LESS
    if found != said:
        return Doubt.MORE
    return Doubt.NAME if certificate.registration.name != content["name"] else None


def warn_if_certified(*, registration: Registration, actor: Person) -> bool:
    """Call it in the act that takes attendance back, after it. Those responsible for the event are told,
    once for each certificate.
    """
    certificate = (
        Certificate.objects.filter(registration=registration, revoked_at__isnull=True)
        .select_related("event__organiser", "event__partnership", "registration")
        .first()
    )
    if certificate is None or entries_about(certificate).filter(act=ACT).exists():
        return False
    proven = proven_parts(certificate.event, [registration.pk]).get(registration.pk, [])
    if doubt_about(certificate, proven) not in (Doubt.NOT_THERE, Doubt.LESS):
        return False
    log_act(
        act=ACT,
        thing=certificate,
        actor=actor,
        organisation=certificate.event.organiser,
        detail={"number": certificate.number},
    )
    tell_in_doubt(certificate)
    return True
