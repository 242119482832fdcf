"""The second factor: who needs one, adding and removing it.

Whoever has a post, stands in for one or is a technician needs one. The demo's own accounts do without, in the
demo only (docs/decisions/0009).
"""

from allauth.mfa.models import Authenticator
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from partnership import account_changes, sessions
from partnership.models import Person
from partnership.refusals import Refusal
from partnership.rules import FACTORS, needs_second_factor, posts_of

FEW_CODES = 3
FACTOR_LASTS = 30 * 60
"""Seconds for which a factor counts as just entered."""
WANTS_FACTOR = "wants_factor"
"""In the session while a page waits for a second factor: the password alone does not lead there."""


def factors_of(person: Person) -> QuerySet[Authenticator]:
    """Apps and passkeys; recovery codes stand in for them and are none."""
    found: QuerySet[Authenticator] = Authenticator.objects.filter(user=person, type__in=FACTORS)
    return found.order_by("created_at", "pk")


def must_keep_a_factor(person: Person) -> bool:
    return needs_second_factor(person, has_posts=bool(posts_of(person)))


def note_added(*, person: Person, change: str, session_key: str | None) -> None:
    """Call it in the transaction that added the factor.

    With the first one every other session ends: those were opened without it.
    """
    if factors_of(person).count() == 1:
        sessions.end_sessions(person=person, but=session_key)
    account_changes.note_change(person=person, change=change)


@transaction.atomic
def remove_factor(*, person: Person, authenticator_id: int) -> None:
    """The last one takes the recovery codes with it, and is refused to whoever needs one.

    The person's row is locked: two pages could otherwise remove the last two at the same moment.
    """
    Person.objects.select_for_update(no_key=True).get(pk=person.pk)
    factors = list(factors_of(person))
    chosen = next((factor for factor in factors if factor.pk == authenticator_id), None)
    if chosen is None:
        raise Refusal(_("Diesen zweiten Faktor gibt es nicht mehr."))
    if len(factors) == 1 and must_keep_a_factor(person):
        raise Refusal(
            _(
                "Ihre Funktion verlangt einen zweiten Faktor. "
                "Richten Sie zuerst einen anderen ein, dann können Sie diesen entfernen."
            )
        )
    chosen.delete()
    if len(factors) == 1:
        Authenticator.objects.filter(user=person).delete()
    is_app = chosen.type == Authenticator.Type.TOTP
    account_changes.note_change(person=person, change="app_removed" if is_app else "passkey_removed")


def unused_codes(person: Person) -> int | None:
    """How many recovery codes are left; None where there never were any."""
    found = Authenticator.objects.filter(user=person, type=Authenticator.Type.RECOVERY_CODES).first()
    return len(found.wrap().get_unused_codes()) if found else None
