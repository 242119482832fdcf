"""Police open whose report it is: a row in the chained log that is committed before anything is shown."""

from assetmarking.models import TheftReport
from partnership.chained_log.writing import note_opening
from partnership.models import FirmContact, Person

CHAINED_ACT = "theft.opened"


def open_report(report: TheftReport, *, actor: Person) -> list[FirmContact]:
    """Who speaks for the firm. Outside any transaction."""
    assert report.police is not None
    payload = {"thing": f"Diebstahlmeldung {report.reference}", "reference": report.case_number}
    note_opening(organisation=report.police, actor=actor, act=CHAINED_ACT, payload=payload)
    rows = FirmContact.objects.filter(firm=report.firm_id, email_confirmed_at__isnull=False)
    return list(rows.order_by("pk"))
