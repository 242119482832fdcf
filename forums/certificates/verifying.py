"""Whoever holds a certificate in hand looks whether it is true; what the page tells is little
(docs/decisions/0038)."""

import unicodedata

from django.db import models
from django.utils.translation import gettext_lazy as _

from forums.certificates.numbers import numbers_meant
from forums.models import Certificate
from partnership.sealed_content import digest_of


class Verdict(models.TextChoices):
    VALID = "valid", _("Diese Bescheinigung ist gültig.")
    REVOKED = "revoked", _("Diese Bescheinigung ist widerrufen. Sie gilt nicht mehr.")
    ERASED = "erased", _("Diese Bescheinigung wurde ausgestellt. Ihre Angaben sind inzwischen gelöscht.")
    BROKEN = "broken", _("Zu dieser Bescheinigung stimmen die Angaben im Portal nicht mehr.")


def find_certificate(typed: str) -> Certificate | None:
    """By its number as it was read: the one that is written so, else the only one that can be meant."""
    meant = numbers_meant(typed)
    rows = {row.number: row for row in Certificate.objects.filter(number__in=meant).select_related("event")}
    if meant and meant[0] in rows:
        return rows[meant[0]]
    return next(iter(rows.values())) if len(rows) == 1 else None


def verdict_on(certificate: Certificate) -> Verdict:
    if certificate.revoked_at:
        return Verdict.REVOKED
    if certificate.content is None:
        return Verdict.ERASED
    is_intact = digest_of(certificate.content, certificate.salt or "") == certificate.digest
    return Verdict.VALID if is_intact else Verdict.BROKEN


def is_same_name(one: str, other: str) -> bool:
    """'Müller, Jörg' is 'Joerg Mueller': case, accents, order and commas do not matter."""
    return _words_of(one) == _words_of(other) != []


def _words_of(name: str) -> list[str]:
    spelled = name.casefold()
    for umlaut, two in (("ä", "ae"), ("ö", "oe"), ("ü", "ue")):
        spelled = unicodedata.normalize("NFC", spelled).replace(umlaut, two)
    plain = [c for c in unicodedata.normalize("NFKD", spelled) if not unicodedata.combining(c)]
    return sorted("".join(c if c.isalnum() else " " for c in plain).split())
