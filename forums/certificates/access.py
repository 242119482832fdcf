"""The certificate that a mail's link opens."""

from forums.certificates.queries import valid_ones
from forums.models import Certificate
from partnership.links import find_link
from partnership.models import SecretLink


def certificate_behind(token: str) -> Certificate | None:
    """None once it is revoked or erased, too."""
    link = find_link(token, purpose=SecretLink.Purpose.CERTIFICATE, model=Certificate)
    if link is None:
        return None
    rows = valid_ones(Certificate.objects.filter(pk=link.object_id))
    return rows.select_related("event__partnership").first()
