"""What a chamber's desk enters and corrects of a firm, and the lock that whoever merges firms takes."""

from django.db import transaction
from django.utils.translation import gettext as _

from partnership.journal import log_act
from partnership.models import Firm, Organisation, Person
from partnership.refusals import Refusal


def enter_firm(
    *, name: str, chamber: Organisation | None, membership_number: str, phone: str, actor: Person
) -> Firm:
    """As somebody says it at the counter or on the telephone. The row gives nobody rights over it."""
    with transaction.atomic():
        firm = Firm.objects.create(
            name=name, chamber=chamber, membership_number=membership_number, phone=phone
        )
        log_act(act="firm.entered", thing=firm, actor=actor, organisation=chamber)
    return firm


def correct_firm(*, firm_id: int, name: str, membership_number: str, phone: str, actor: Person) -> Firm:
    """The desk's correction of what it calls a firm, and how it reaches it. Raises Refusal."""
    with transaction.atomic():
        firm = lock_firms(firm_id)[firm_id]
        refuse_merged(firm)
        changed = {
            field: value
            for field, value in (("name", name), ("membership_number", membership_number), ("phone", phone))
            if getattr(firm, field) != value
        }
        if changed:
            for field, value in changed.items():
                setattr(firm, field, value)
            firm.save(update_fields=list(changed))
            log_act(
                act="firm.corrected",
                thing=firm,
                actor=actor,
                organisation=firm.chamber,
                detail={"fields": ", ".join(str(Firm._meta.get_field(f).verbose_name) for f in changed)},  # type: ignore[union-attr]
            )
    return firm


def lock_firms(*firm_ids: int) -> dict[int, Firm]:
    """Lock firms in id order, then read them; those that do not exist are missing from the answer.

    Two statements: what a locking one joins is as old as its beginning, however long it has waited.
    """
    rows = Firm.objects.filter(pk__in=set(firm_ids)).order_by("pk")
    list(rows.select_for_update(no_key=True).values_list("pk"))
    return {firm.pk: firm for firm in rows.select_related("chamber", "merged_into")}


def lock_heir(firm_id: int) -> Firm:
    """The firm, or what it has become; nobody merges it while the caller's transaction lasts."""
    firm = lock_firms(firm_id)[firm_id]
    return lock_heir(firm.merged_into_id) if firm.merged_into_id else firm


def refuse_merged(firm: Firm) -> None:
    if firm.merged_into:
        raise Refusal(
            _("„%(name)s“ wurde inzwischen mit „%(heir)s“ zusammengeführt. Öffnen Sie diese Firma.")
            % {"name": firm.name, "heir": firm.merged_into.name}
        )
