"""Which certificate a mail's link opens: its own, or that of the registration it leads to."""

from forums.certificates.queries import valid_ones
from forums.models import Certificate, Registration
from partnership.links import find_link
from partnership.models import SecretLink

Purpose = SecretLink.Purpose


def certificate_behind(token: str) -> Certificate | None:
    link = find_link(token, purpose=Purpose.CERTIFICATE, model=Certificate)
    return _valid(pk=link.object_id) if link else None


def certificate_of_registration_behind(token: str) -> Certificate | None:
    link = find_link(token, purpose=Purpose.EVENT, model=Registration)
    return _valid(registration=link.object_id) if link else None


def _valid(**which: int) -> Certificate | None:
    rows = valid_ones(Certificate.objects.filter(**which))
    return rows.select_related("event__partnership").first()
