"""What kitchen and house have to know, in sums without names: of those who come and have a place."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Exists, OuterRef

from forums.models import Event, Mode, PartBooking, Registration, RegistrationNeeds


@dataclass(frozen=True, slots=True)
class Needs:
    """Wishes as they were written, with how many wrote them; most first."""

    catering: list[tuple[str, int]]
    accessibility: list[tuple[str, int]]

    def __bool__(self) -> bool:
        return bool(self.catering or self.accessibility)


def needs_of(event: Event) -> Needs:
    """In one statement. They go with the event's end, so that afterwards there are none."""
    comes = PartBooking.objects.filter(
        registration=OuterRef("registration"), state=PartBooking.State.CONFIRMED, mode=Mode.SITE
    )
    rows = RegistrationNeeds.objects.filter(
        Exists(comes), registration__event=event, registration__state=Registration.State.CONFIRMED
    )
    pairs = list(rows.order_by("registration").values_list("catering", "accessibility"))
    return Needs(
        catering=_counted(catering for catering, _support in pairs),
        accessibility=_counted(support for _catering, support in pairs),
    )


def _counted(wishes: Iterable[str]) -> list[tuple[str, int]]:
    """Upper and lower case are the same wish, shown as it was first written."""
    first: dict[str, str] = {}
    sums: dict[str, int] = {}
    for wish in wishes:
        text = " ".join(wish.split())
        if text:
            key = text.casefold().rstrip(".")
            first.setdefault(key, text)
            sums[key] = sums.get(key, 0) + 1
    return sorted(((first[key], number) for key, number in sums.items()), key=lambda row: (-row[1], row[0]))
