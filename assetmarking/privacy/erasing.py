"""What becomes of the registry when somebody asks to be erased (docs/decisions/0011).

Things are a firm's. While somebody else speaks for it they stay, and name nobody who has done what. Else they
go with the account, theft reports before that by the word of the police who have them.
"""

from collections.abc import Collection
from typing import Any

from django.db.models import Exists, Model, OuterRef, QuerySet
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext as _

from assetmarking.locks import lock_assets
from assetmarking.models import Asset, FinderThread, Mark, Search, StolenThing, TheftReport, Transfer
from assetmarking.privacy.going import delete_reports, delete_threads, empty_transfers, forget_borrowers
from partnership.erasing import Holder, Holding
from partnership.firms import lock_firms
from partnership.links import revoke_links_of
from partnership.models import FirmContact, Organisation, OutgoingMail, Person
from partnership.outbox import forget_mails
from partnership.queries import firms_of
from partnership.retention.holds import held_things, refuse_held


def reports_only_of(person: Person) -> QuerySet[TheftReport]:
    """Of firms for which nobody else speaks."""
    speaking = FirmContact.objects.filter(
        firm=OuterRef("firm"), person__isnull=False, email_confirmed_at__isnull=False
    )
    rows = TheftReport.objects.filter(firm__in=firms_of(person).values("pk"))
    return rows.exclude(Exists(speaking.exclude(person=person))).order_by("pk")


def holdings(person: Person) -> list[Holding]:
    """What a directorate has been told. One that stands may go as well: whether they need it, they say."""
    found = reports_only_of(person).filter(police__isnull=False)
    kept = set(found.filter(held_things(TheftReport)).values_list("pk", flat=True))
    return [
        Holding(
            words=_("Diebstahlmeldung %(reference)s, %(state)s")
            % {"reference": report.reference, "state": report.get_state_display()},
            organisation_id=report.police_id,
            is_kept=report.pk in kept,
        )
        for report in found
        if report.police_id
    ]


def give_up_coming(_person: Person) -> None:
    """A theft is nothing that is called off."""


def erase(person: Person, organisation: Organisation) -> list[Model]:
    """Refused while somebody holds it back."""
    found = reports_only_of(person).filter(police=organisation)
    keys = list(found.values_list("pk", flat=True))
    lock_firms(*found.values_list("firm", flat=True))
    lock_assets(StolenThing.objects.filter(report__in=keys).values_list("asset_id", flat=True))
    rows = TheftReport.objects.select_for_update(no_key=True, of=("self",)).filter(pk__in=keys)
    reports: list[Model] = list(rows.order_by("pk"))
    for report in reports:
        refuse_held(report)
    erased: list[Model] = [TheftReport(pk=report.pk) for report in reports]
    delete_reports([report.pk for report in reports])
    return erased


HOLDER = Holder(holdings=holdings, give_up_coming=give_up_coming, erase=erase)


def forget(person: Person, addresses: Collection[str]) -> None:
    """With the account: look-ups, what was written to labels, offers to the address, mails."""
    Search.objects.filter(person=person).delete()
    delete_threads(_to(FinderThread.objects.all(), "finder_email", addresses))
    _forget_offers(_to(Transfer.objects.all(), "to_email", addresses))
    delete_reports(list(reports_only_of(person).filter(police__isnull=True).values_list("pk", flat=True)))
    if person.name:
        borrowed = Asset.objects.filter(firm__in=firms_of(person), lent_to__iexact=person.name)
        forget_borrowers(list(borrowed.values_list("pk", flat=True)))
        Mark.objects.filter(asset__firm__in=firms_of(person), marked_by__iexact=person.name).update(
            marked_by=""
        )
    mails = _to(OutgoingMail.objects.all(), "to_email", addresses)
    forget_mails(mails.filter(content_type__app_label="assetmarking"))


def _forget_offers(offers: QuerySet[Transfer]) -> None:
    """Nobody will answer one that is open."""
    keys = list(offers.values_list("pk", flat=True))
    revoke_links_of(Transfer, keys)
    standing = Transfer.objects.filter(pk__in=keys, state=Transfer.State.OFFERED)
    standing.update(state=Transfer.State.LAPSED, ended_at=timezone.now())
    empty_transfers(keys)


def _to(rows: QuerySet[Any], field: str, addresses: Collection[str]) -> QuerySet[Any]:
    found: QuerySet[Any] = rows.annotate(address=Lower(field)).filter(address__in=addresses)
    return found
