"""Labels by what people read on them, and what was written about them."""

from django.db.models import Max, OuterRef, Prefetch, QuerySet, Subquery

from assetmarking.codes.own_code import read_own_code
from assetmarking.models import FinderMessage, FinderThread, Label, TheftReport
from partnership.models import Firm, Person
from partnership.queries import firms_of


def find_label(typed: str) -> Label | None:
    """As it was typed: small, with spaces, with or without dash."""
    code = read_own_code(typed)
    return Label.objects.select_related("firm", "asset").filter(code=code).first() if code else None


def threads_of(person: Person) -> QuerySet[FinderThread]:
    """About the labels of firms for which a person speaks, with the messages in their order."""
    messages = FinderMessage.objects.order_by("sent_at", "pk")
    return (
        FinderThread.objects.filter(firm__in=firms_of(person).values("pk"))
        .select_related("firm", "label__asset", "partnership")
        .prefetch_related(Prefetch("messages", messages))
    )


def threads_about(firm: Firm) -> QuerySet[FinderThread]:
    """What was written last comes first; `is_answered` when that was the owner."""
    rows = FinderThread.objects.filter(firm=firm).select_related("label__asset")
    last = FinderMessage.objects.filter(thread=OuterRef("pk")).order_by("-sent_at", "-pk")
    return rows.annotate(
        written_at=Max("messages__sent_at"), is_answered=Subquery(last.values("is_from_owner")[:1])
    ).order_by("-written_at", "-pk")


def open_theft_of(thread: FinderThread) -> TheftReport | None:
    """The firm's own report, where what the label sticks on counts as stolen."""
    rows = TheftReport.objects.filter(
        firm=thread.firm_id, things__asset=thread.label.asset_id, things__ended_at__isnull=True
    )
    return rows.first() if thread.label.asset_id else None
