"""What a chamber's desk enters and corrects of a firm."""

from django.db import transaction

from partnership.firms import FirmDetails, create_firm, lock_firms, refuse_merged
from partnership.journal import log_act
from partnership.models import Firm, Organisation, Person


def enter_firm(
    *, name: str, chamber: Organisation | None, membership_number: str, phone: str, actor: Person
) -> Firm:
    """As somebody says it at the counter or on the telephone. The row gives nobody rights over it."""
    with transaction.atomic():
        details = FirmDetails(name=name, chamber=chamber, membership_number=membership_number, phone=phone)
        firm = create_firm(details=details)
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
