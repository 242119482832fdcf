"""Secret links: 256 random bits, stored as a hash, one purpose each."""

import datetime
import hashlib
import re
import secrets
from collections.abc import Collection, Iterable

from django.contrib.contenttypes.models import ContentType
from django.db.models import Model, QuerySet
from django.utils import timezone

from partnership.models import SecretLink

TOKEN = re.compile(r"^[A-Za-z0-9_-]{43}$")


def new_token() -> str:
    return secrets.token_urlsafe(32)


def hash_of(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def issue_link(*, thing: Model, purpose: SecretLink.Purpose, expires_at: datetime.datetime) -> str:
    """A new token for the thing. It is returned once and cannot be read back."""
    return issue_links(things=[thing], purpose=purpose, expires_at=expires_at)[thing.pk]


def issue_links(
    *, things: Iterable[Model], purpose: SecretLink.Purpose, expires_at: datetime.datetime
) -> dict[int, str]:
    """Key -> token for things of one kind, in one statement."""
    tokens = {thing.pk: (thing, new_token()) for thing in things}
    SecretLink.objects.bulk_create(
        SecretLink(
            token_hash=hash_of(token),
            purpose=purpose,
            content_type=ContentType.objects.get_for_model(thing),
            object_id=key,
            expires_at=expires_at,
        )
        for key, (thing, token) in tokens.items()
    )
    return {key: token for key, (_thing, token) in tokens.items()}


def find_link(token: str, *, purpose: SecretLink.Purpose, model: type[Model]) -> SecretLink | None:
    """The link behind a token if it is for this purpose and not past its end."""
    if not TOKEN.match(token):
        return None
    return SecretLink.objects.filter(
        token_hash=hash_of(token),
        purpose=purpose,
        content_type=ContentType.objects.get_for_model(model),
        expires_at__gt=timezone.now(),
    ).first()


def extend_links(*, thing: Model, expires_at: datetime.datetime) -> None:
    """Give all links of a thing another end, as when an appointment moves."""
    _links_of(thing).update(expires_at=expires_at)


def revoke_links(*, thing: Model, purpose: SecretLink.Purpose | None = None) -> None:
    links = _links_of(thing)
    if purpose:
        links = links.filter(purpose=purpose)
    links.delete()


def revoke_links_of(model: type[Model], keys: Collection[int]) -> None:
    kind = ContentType.objects.get_for_model(model)
    SecretLink.objects.filter(content_type=kind, object_id__in=keys).delete()


def _links_of(thing: Model) -> QuerySet[SecretLink]:
    return SecretLink.objects.filter(
        content_type=ContentType.objects.get_for_model(thing), object_id=thing.pk
    )
