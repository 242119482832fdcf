"""Reading: what a person may see of events."""

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.shortcuts import get_object_or_404

from forums.models import Event, EventSeries, PartBooking, Registration, TrainingGoal, Visibility
from partnership.models import Organisation, Partnership, Person
from partnership.queries import memberships_today
from partnership.rules import Posts


def public_events(partnership: Partnership) -> QuerySet[Event]:
    """What the calendar shows to everybody: told, and public."""
    return (
        Event.objects.filter(partnership=partnership, visibility=Visibility.PUBLIC, state__in=Event.TOLD)
        .select_related("organiser", "office", "partnership")
        .prefetch_related("partners", "parts__places")
    )


def events_visible_to(posts: Posts) -> QuerySet[Event]:
    """At the workplace: all of those who run them and of the partnership's coordinators, drafts included;
    of the others in a partnership of today, what is told and not only for those invited."""
    organisations = posts.desks | posts.police
    runs = Q(organiser__in=organisations) | Q(partners__in=organisations)
    coordinates = Q(partnership__in=posts.coordinates)
    members = memberships_today().filter(organisation__in=organisations)
    known = Q(partnership__in=members.values("partnership"), state__in=Event.TOLD) & ~Q(
        visibility=Visibility.INVITED
    )
    return (
        Event.objects.filter(runs | coordinates | known)
        .distinct()
        .select_related("organiser", "office", "partnership", "series")
        .prefetch_related("partners", "parts__places")
    )


def event_to_register(partnership: Partnership | None, reference: str, *, posts: Posts) -> Event:
    """Public and told, or internal for whoever has a post in a member. Those invited come by their link.
    Raises Http404.
    """
    found = public_events(partnership).filter(reference=reference).first() if partnership else None
    if found is None:
        internal = events_visible_to(posts).filter(visibility=Visibility.INTERNAL, state__in=Event.TOLD)
        found = get_object_or_404(internal, reference=reference)
    return found


def organisers_for(posts: Posts) -> list[tuple[Partnership, Organisation]]:
    """For whom a person may set an event up: the own organisation in each partnership that it belongs to
    today, and every member of a partnership that one coordinates."""
    own = Q(organisation__in=posts.desks) | Q(partnership__in=posts.coordinates)
    memberships = memberships_today().filter(own).select_related("partnership", "organisation")
    ordered = memberships.order_by("partnership__name", "organisation__kind", "organisation__name")
    return list(dict.fromkeys((row.partnership, row.organisation) for row in ordered))


def series_visible_to(posts: Posts) -> QuerySet[EventSeries]:
    """Those that a person looks after and that go on."""
    return all_series_visible_to(posts).filter(ended_on__isnull=True)


def all_series_visible_to(posts: Posts) -> QuerySet[EventSeries]:
    """Of those whose desk one is, and of partnerships that one coordinates."""
    return EventSeries.objects.filter(
        Q(organiser__in=posts.desks) | Q(partnership__in=posts.coordinates)
    ).select_related("organiser", "partnership")


def goals_visible_to(posts: Posts) -> QuerySet[TrainingGoal]:
    """The education plan is one for all who work in a partnership."""
    members = memberships_today().filter(organisation__in=posts.desks | posts.police)
    return TrainingGoal.objects.filter(
        Q(partnership__in=members.values("partnership")) | Q(partnership__in=posts.coordinates)
    ).select_related("organisation", "partnership")


def registrations_visible_to(posts: Posts) -> QuerySet[Registration]:
    """Of events that one runs or coordinates; what nobody has confirmed is nobody's registration."""
    runs = Q(event__organiser__in=posts.desks) | Q(event__partners__in=posts.desks)
    return (
        Registration.objects.filter(runs | Q(event__partnership__in=posts.coordinates))
        .exclude(state__in=(Registration.State.UNCONFIRMED, Registration.State.EXPIRED))
        .distinct()
        .select_related("event__organiser", "event__partnership", "event__office")
    )


def registrations_at_door(posts: Posts) -> QuerySet[Registration]:
    """For whoever stands at the door, police who run the event along among them: name, firm and parts."""
    organisations = posts.desks | posts.police
    runs = Q(event__organiser__in=organisations) | Q(event__partners__in=organisations)
    return (
        Registration.objects.filter(runs | Q(event__partnership__in=posts.coordinates))
        .exclude(state=Registration.State.UNCONFIRMED)
        .distinct()
        .select_related("event__organiser", "event__partnership", "event__office")
    )


def registered_as(person: Person, event: Event) -> Registration | None:
    """The person's own standing registration for the event."""
    rows = registrations_of(person).filter(event=event, email__iexact=person.email)
    return rows.filter(state=Registration.State.CONFIRMED).first()


def registrations_of(person: Person) -> QuerySet[Registration]:
    """For the account: a person's own, by account or by the confirmed address, and those of colleagues who
    were registered along. Whoever is signed in has proven the address.
    """
    own = Q(person=person) | Q(email__iexact=person.email)
    along = Q(registered_by__person=person)
    return (
        Registration.objects.filter(own | along, emptied_at__isnull=True)
        .exclude(state__in=[Registration.State.UNCONFIRMED, Registration.State.EXPIRED])
        .select_related("event__organiser", "event__partnership", "event__office", "registered_by")
        .order_by("event__starts_at", "pk")
    )


def has_place() -> Exists:
    """Of registrations: whether there is a place in one part at least."""
    places = PartBooking.objects.filter(registration=OuterRef("pk"), state=PartBooking.State.CONFIRMED)
    return Exists(places)


def registered_with(desks: frozenset[int]) -> Exists:
    """Whether somebody of the outer query's firm has registered for an event of theirs."""
    return Exists(Registration.objects.filter(firm=OuterRef("pk"), event__organiser__in=desks))
