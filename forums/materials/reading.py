"""Who may read which material, and its bytes."""

from collections.abc import Iterator

from django.db.models import BinaryField, Exists, F, Func, OuterRef, Q, QuerySet

from forums.models import Event, Material, MaterialFile, Registration, Visibility
from forums.queries import has_place, registrations_of
from partnership.models import BrochureEdition, Person
from partnership.rules import Posts

PIECE = 1024 * 1024
PUBLIC = Q(
    audience=Material.Audience.PUBLIC,
    event__visibility=Visibility.PUBLIC,
    event__state__in=Event.TOLD,
)
"""For everybody: where the event itself is."""


def registrations_with_place(event: Event) -> QuerySet[Registration]:
    confirmed = Registration.objects.filter(event=event, state=Registration.State.CONFIRMED)
    return (
        confirmed.filter(has_place())
        .select_related("event__partnership", "event__office", "event__organiser", "registered_by")
        .order_by("pk")
    )


def with_files(materials: QuerySet[Material]) -> QuerySet[Material]:
    """With what lists show of the file, and whether its brochure can be read now (`is_released`)."""
    released = BrochureEdition.objects.filter(
        brochure=OuterRef("brochure"), state=BrochureEdition.State.RELEASED
    )
    rows = materials.select_related("file", "brochure").defer("file__content")
    return rows.annotate(is_released=Exists(released))


def materials_readable_by(person: Person | None, posts: Posts) -> QuerySet[Material]:
    """What is public, what belongs to an event that one runs, and what to one with a place of one's own."""
    runs = Q(event__organiser__in=posts.desks) | Q(event__partners__in=posts.desks)
    readable = PUBLIC | runs | Q(event__partnership__in=posts.coordinates)
    if person is not None:
        own = registrations_of(person).filter(has_place(), state=Registration.State.CONFIRMED)
        readable |= Q(event__in=own.order_by().values("event"))
    return Material.objects.filter(readable).distinct()


def reads_as_participant(registration: Registration) -> bool:
    """Whoever has a place; waiting for one is not enough."""
    own = Registration.objects.filter(has_place(), pk=registration.pk, state=Registration.State.CONFIRMED)
    return own.exists()


def pieces_of(file: MaterialFile) -> Iterator[bytes]:
    """Piece by piece, so that a process never holds the whole of it."""
    for start in range(1, file.size + 1, PIECE):
        cut = Func(F("content"), start, PIECE, function="SUBSTRING", output_field=BinaryField())
        piece = MaterialFile.objects.filter(pk=file.pk).values_list(cut, flat=True).first()
        if piece is None:
            return
        yield bytes(piece)
