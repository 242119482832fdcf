"""What the registry tells somebody about themselves. Things are a firm's, which downloads its own."""

from django.utils.translation import gettext_lazy

from assetmarking.models import FinderThread
from partnership.models import Person
from partnership.own_data import Section
from partnership.queries import has_confirmed_address

LABELS = {
    "code": gettext_lazy("Etikett"),
    "begun": gettext_lazy("begonnen am"),
    "written": gettext_lazy("Ihre Nachrichten"),
}


def about_finds(person: Person) -> Section:
    """What was written to owners of labelled things from the person's confirmed address."""
    threads = FinderThread.objects.none()
    if has_confirmed_address(person):
        threads = FinderThread.objects.filter(finder_email__iexact=person.email)
    rows = threads.select_related("label").prefetch_related("messages").order_by("begun_at", "pk")
    return Section(
        key="finds",
        order=24,
        title=gettext_lazy("Was Sie zu Etiketten geschrieben haben"),
        labels=LABELS,
        rows=[
            {
                "code": thread.label.code,
                "begun": thread.begun_at,
                "written": "\n\n".join(m.text for m in thread.messages.all() if not m.is_from_owner),
            }
            for thread in rows
        ],
    )
