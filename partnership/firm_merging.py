"""Two rows of one business become one, and for thirty days two again (docs/decisions/0013).

Merging moves what belongs to a firm and gives nobody rights over the heir. Locks are taken in one order:
what apps lock for their things, then the firms by key.
"""

import datetime
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from partnership.firm_belongings import Belonging, all_belongings
from partnership.firms import lock_firms, refuse_merged
from partnership.journal import log_act
from partnership.links import revoke_links
from partnership.models import Firm, FirmContact, FirmMerge, NoDuplicate, Organisation, Person
from partnership.refusals import Refusal
from partnership.times import numeric_date

UNDO_DAYS = 30
FIELDS = ("name", "chamber_id", "membership_number", "phone")
CONTACTS = Belonging(FirmContact)
EARLIER = Belonging(Firm, field="merged_into")


@dataclass(frozen=True, kw_only=True)
class Values:
    """What the heir is to have in the end, of one row or the other."""

    name: str
    chamber: Organisation | None
    membership_number: str = ""
    phone: str = ""


def merge_firms(*, heir_id: int, merged_id: int, values: Values, actor: Person) -> FirmMerge:
    """All that belongs to `merged` goes to `heir`. Raises Refusal."""
    with transaction.atomic():
        heir, merged = _lock_pair(heir_id, merged_id)
        for firm in (heir, merged):
            refuse_merged(firm)
        _refuse_to_lose_who_speaks(heir, merged)
        before = _values_of(heir)
        heir.name, heir.chamber = values.name, values.chamber
        heir.membership_number, heir.phone = values.membership_number, values.phone
        heir.save()
        rights, contacts = _move_contacts(heir, merged)
        moved = {b.name: b.move(away=merged.pk, to=heir.pk) for b in (EARLIER, *all_belongings())}
        Firm.objects.filter(pk=merged.pk).update(merged_into=heir)
        merge = FirmMerge.objects.create(
            heir=heir,
            merged=merged,
            before=before,
            after=_values_of(heir),
            moved=moved | {CONTACTS.name: contacts},
            rights=rights,
            merged_by=actor,
        )
        _log("firm.merged", merge, actor)
    return merge


def undo_merge(*, merge_id: int, actor: Person) -> FirmMerge:
    """Everything as it was: things go back, contacts get back their rights over the merged row, the heir its
    old values where nobody has changed them since. Raises Refusal."""
    with transaction.atomic():
        merge = FirmMerge.objects.get(pk=merge_id)
        heir, merged = _lock_pair(merge.heir_id, merge.merged_id)
        merge = FirmMerge.objects.select_for_update(no_key=True).get(pk=merge_id)
        refuse_undo(merge)
        Firm.objects.filter(pk=merged.pk).update(merged_into=None)
        for belonging in (EARLIER, CONTACTS, *all_belongings()):
            belonging.move(away=heir.pk, to=merged.pk, only=merge.moved.get(belonging.name, []))
        for key, right in merge.rights.items():
            # whoever has had the account erased since gets no rights back
            if Person.objects.filter(pk=right["person_id"] or 0).exists():
                FirmContact.objects.filter(pk=key, firm=merged).update(**right)
        for field in FIELDS:
            if getattr(heir, field) == merge.after[field]:
                setattr(heir, field, merge.before[field])
        heir.save()
        merge.undone_at, merge.undone_by = timezone.now(), actor
        merge.save(update_fields=["undone_at", "undone_by"])
        _log("firm.merge_undone", merge, actor)
    return merge


def refuse_undo(merge: FirmMerge) -> None:
    """Raises the Refusal that an undo would meet."""
    if merge.undone_at:
        raise Refusal(_("Diese Zusammenführung ist schon rückgängig gemacht."))
    if undo_until(merge) < timezone.now():
        raise Refusal(
            _(
                "Die Frist von 30 Tagen ist seit dem %(day)s vorbei. "
                "Legen Sie die zweite Firma bei Bedarf neu an."
            )
            % {"day": numeric_date(timezone.localtime(undo_until(merge)).date())}
        )
    if later := _built_on(merge):
        raise Refusal(
            _("Später wurde „%(merged)s“ mit „%(heir)s“ zusammengeführt. Machen Sie zuerst das rückgängig.")
            % {"merged": later.merged.name, "heir": later.heir.name}
        )


def undo_until(merge: FirmMerge) -> datetime.datetime:
    return merge.merged_at + datetime.timedelta(days=UNDO_DAYS)


def mark_no_duplicate(*, firms: tuple[Firm, Firm], actor: Person) -> None:
    """Remembered; saying it twice changes nothing."""
    first, second = sorted(firms, key=lambda firm: firm.pk)
    with transaction.atomic():
        _row, is_new = NoDuplicate.objects.get_or_create(
            first=first, second=second, defaults={"decided_by": actor}
        )
        if is_new:
            log_act(act="firm.no_duplicate", thing=first, actor=actor, organisation=first.chamber)


def merges_of(firm: Firm) -> QuerySet[FirmMerge]:
    """What has become part of a firm and is not undone, latest first."""
    rows = FirmMerge.objects.filter(heir=firm, undone_at__isnull=True)
    return rows.select_related("merged", "merged_by")


def who_speaks_for(*firms: Firm) -> QuerySet[FirmContact]:
    """Contacts with rights: a confirmed address with a person behind it."""
    return FirmContact.objects.filter(firm__in=firms, person__isnull=False, email_confirmed_at__isnull=False)


def _lock_pair(heir_id: int, merged_id: int) -> tuple[Firm, Firm]:
    for belonging in all_belongings():
        if belonging.lock:
            belonging.lock((heir_id, merged_id))
    firms = lock_firms(heir_id, merged_id)
    for belonging in all_belongings():
        if belonging.lock_behind:
            belonging.lock_behind((heir_id, merged_id))
    return firms[heir_id], firms[merged_id]


def _refuse_to_lose_who_speaks(heir: Firm, merged: Firm) -> None:
    if who_speaks_for(merged).exists() and not who_speaks_for(heir).exists():
        raise Refusal(
            _(
                "Nur für „%(merged)s“ gibt es eine bestätigte Ansprechperson. Sie verlöre ihren Zugang. "
                "Wählen Sie diese Firma als die, die bleibt."
            )
            % {"merged": merged.name}
        )


def _move_contacts(heir: Firm, merged: Firm) -> tuple[dict[str, Any], list[int]]:
    """What each gave up, by key, and the keys of those who moved. Links that would give them rights end.

    Who is known at the heir under the same address stays behind: the heir's own contact counts.
    """
    known = {email.lower() for email in heir.contacts.values_list("email", flat=True)}
    moving = [c for c in merged.contacts.order_by("pk") if c.email.lower() not in known]
    rights = {
        str(c.pk): {
            "person_id": c.person_id,
            "email_confirmed_at": c.email_confirmed_at.isoformat() if c.email_confirmed_at else None,
        }
        for c in moving
        if c.person_id or c.email_confirmed_at
    }
    for contact in moving:
        revoke_links(thing=contact)
    keys = [contact.pk for contact in moving]
    FirmContact.objects.filter(pk__in=keys).update(firm=heir, person=None, email_confirmed_at=None)
    return rights, keys


def _values_of(firm: Firm) -> dict[str, Any]:
    return {field: getattr(firm, field) for field in FIELDS}


def _built_on(merge: FirmMerge) -> FirmMerge | None:
    """The latest merge after this one that one of its two firms had a part in."""
    pair = (merge.heir_id, merge.merged_id)
    later = FirmMerge.objects.filter(
        Q(heir__in=pair) | Q(merged__in=pair), undone_at__isnull=True, pk__gt=merge.pk
    )
    return later.select_related("heir", "merged").order_by("-pk").first()


def _log(act: str, merge: FirmMerge, actor: Person) -> None:
    for firm in (merge.heir, merge.merged):
        log_act(act=act, thing=firm, actor=actor, organisation=merge.heir.chamber)
