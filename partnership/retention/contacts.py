"""Contacts, people and firms go when nothing refers to them any more: apps say what does."""

import datetime
from collections.abc import Callable
from typing import Any

from allauth.mfa.models import Authenticator
from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.contrib.contenttypes.models import ContentType
from django.db.models import Exists, Model, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from partnership.erasing import EMPTIED_ADDRESS, forget_person
from partnership.firm_belongings import Belonging, all_belongings, take_along
from partnership.firm_contacts import INVITED_FOR
from partnership.links import revoke_links_of
from partnership.models import (
    Deputy,
    ErasureRequest,
    ErasureState,
    Firm,
    FirmContact,
    FirmMerge,
    Person,
    Post,
    RetentionHold,
    Site,
)
from partnership.retention.holds import holds_cover
from partnership.retention.kinds import Erasable, Keys, RetentionKind

_uses: dict[type[Model], list[Callable[[], Q]]] = {}


def register_use(model: type[Model], use: Callable[[], Q]) -> None:
    """Apps name in `ready()` what of theirs keeps a contact or a person."""
    _uses.setdefault(model, []).append(use)


def _unused(rows: QuerySet[Any]) -> QuerySet[Any]:
    for use in _uses.get(rows.model, []):
        rows = rows.exclude(use())
    return rows


def _with_account(before: datetime.datetime) -> QuerySet[Person]:
    """Who signs in: with a password or a passkey, or by a code since then."""
    return Person.objects.filter(
        ~Q(password__startswith=UNUSABLE_PASSWORD_PREFIX)
        | Exists(Authenticator.objects.filter(user=OuterRef("pk")))
        | Q(last_login__gte=before)
    )


def contacts_due(before: datetime.datetime) -> QuerySet[FirmContact]:
    """Of firms whose people have no account, and with no appointment of theirs left."""
    rows = FirmContact.objects.filter(created_at__lt=before).exclude(email_confirmed_at__gte=before)
    rows = rows.exclude(invited_at__gte=before)
    return _unused(rows.exclude(Exists(_with_account(before).filter(pk=OuterRef("person")))))


def invited_due(before: datetime.datetime) -> QuerySet[FirmContact]:
    return FirmContact.objects.filter(email_confirmed_at__isnull=True, invited_at__lt=before - INVITED_FOR)


def people_due(before: datetime.datetime) -> QuerySet[Person]:
    """Without account and posts, and nothing that refers to them. Accounts stay until somebody asks."""
    rows = Person.objects.filter(joined_at__lt=before, is_staff=False)
    for kept in (
        FirmContact.objects.filter(person=OuterRef("pk")),
        FirmContact.objects.filter(email__iexact=OuterRef("email")),  # apart: an "or" would try all pairs
        Post.objects.filter(person=OuterRef("pk")),
        Deputy.objects.filter(person=OuterRef("pk")),
        ErasureRequest.objects.filter(person=OuterRef("pk"), state=ErasureState.OPEN),
        _with_account(before).filter(pk=OuterRef("pk")),
    ):
        rows = rows.exclude(Exists(kept))
    return _unused(rows)


def firms_due(before: datetime.datetime) -> QuerySet[Firm]:
    """Without contacts and whatever keeps a firm. What was merged goes when its heir could go as well."""
    rows = Firm.objects.filter(created_at__lt=before)
    rows = rows.exclude(Exists(Firm.objects.filter(merged_into=OuterRef("pk"))))
    rows = rows.exclude(Exists(FirmMerge.objects.filter(merged=OuterRef("pk"), merged_at__gte=before)))
    for firm in ("pk", "merged_into"):
        rows = rows.exclude(Exists(FirmContact.objects.filter(firm=OuterRef(firm))))
        for belonging in all_belongings():
            if belonging.leave is None and belonging.model not in (Site, RetentionHold):
                rows = rows.exclude(Exists(belonging.of(OuterRef(firm))))
    return rows


def merges_due(before: datetime.datetime) -> QuerySet[FirmMerge]:
    return _full_merges().filter(merged_at__lt=before)


def _full_merges() -> QuerySet[FirmMerge]:
    return FirmMerge.objects.exclude(before={}, after={}, moved={}, rights={})


def _delete_contacts(keys: Keys) -> None:
    revoke_links_of(FirmContact, keys)
    contacts = FirmContact.objects.filter(pk__in=keys)
    firms = list(contacts.order_by("firm").values_list("firm", flat=True).distinct())
    contacts.delete()
    left = Firm.objects.filter(pk__in=firms).exclude(Exists(FirmContact.objects.filter(firm=OuterRef("pk"))))
    take_along(list(left.values_list("pk", flat=True)))


def _forget_people(keys: Keys) -> None:
    for person in Person.objects.filter(pk__in=keys).order_by("pk"):
        forget_person(person)


def _delete_firms(keys: Keys) -> None:
    take_along(keys)
    Firm.objects.filter(pk__in=keys).delete()


def _empty_merges(keys: Keys) -> None:
    FirmMerge.objects.filter(pk__in=keys).update(before={}, after={}, moved={}, rights={})


CONTACT = Erasable(
    model=FirmContact,
    order=40,
    made="created_at",
    owner="firm__chamber",
    left=FirmContact.objects.all,
    erase=_delete_contacts,
)
PERSON = Erasable(
    model=Person,
    order=42,
    made="joined_at",
    left=lambda: Person.objects.exclude(email__endswith=EMPTIED_ADDRESS).exclude(
        Exists(Post.objects.in_force().filter(person=OuterRef("pk")))
    ),
    erase=_forget_people,
)
FIRM = Erasable(
    model=Firm,
    order=44,
    made="created_at",
    owner="chamber",
    left=lambda: firms_due(timezone.now()),
    erase=_delete_firms,
)
MERGE = Erasable(
    model=FirmMerge, made="merged_at", owner="heir__chamber", left=_full_merges, erase=_empty_merges
)

KINDS = [
    RetentionKind(
        key="invited",
        order=40,
        label=_("Eingeladene in Firmen"),
        what=_("Wer die Einladung nicht angenommen hat"),
        since=_("Ende der Einladung"),
        period="addresses",
        erasable=CONTACT,
        due=invited_due,
    ),
    RetentionKind(
        key="contacts",
        order=41,
        label=_("Ansprechpersonen"),
        what=_("Ohne Konto und ohne Termin, der noch jemanden nennt"),
        since=_("letzter Termin"),
        period="contacts",
        erasable=CONTACT,
        due=contacts_due,
    ),
    RetentionKind(
        key="people",
        order=42,
        label=_("Personen ohne Konto"),
        what=_("Name, Adresse, Links und E-Mails; Konten bleiben, bis jemand die Löschung beantragt"),
        since=_("letzter Termin"),
        period="contacts",
        erasable=PERSON,
        due=people_due,
    ),
    RetentionKind(
        key="merges",
        order=43,
        label=_("Zusammenführungen von Firmen"),
        what=_("Was zum Rückgängigmachen nötig war; dass zusammengeführt wurde, bleibt"),
        since=_("Zusammenführung"),
        period="merges",
        erasable=MERGE,
        due=merges_due,
    ),
    RetentionKind(
        key="firms",
        order=44,
        label=_("Firmen"),
        what=_("Mit ihren Standorten, wenn weder Ansprechperson noch Termin dazu da ist"),
        since=_("letzter Termin"),
        period="contacts",
        erasable=FIRM,
        due=firms_due,
    ),
]


class FirmHolds(Belonging):
    """A hold goes along when firms are merged: what it keeps has become the heir's."""

    def of(self, firm: Any) -> QuerySet[Any]:
        kind = ContentType.objects.get_for_model(Firm)
        return RetentionHold.objects.filter(content_type=kind, object_id=firm)


HOLDS = FirmHolds(RetentionHold, field="object_id")


def hold_with_firms() -> None:
    holds_cover(FirmContact, through=Firm, path="firm")
    holds_cover(FirmMerge, through=Firm, path="heir")
