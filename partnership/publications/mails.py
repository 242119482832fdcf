"""Mails about brochures; called inside the act's transaction."""

from django.urls import reverse

from partnership.current import absolute_url
from partnership.models import BrochureEdition, BrochurePartner, OutgoingMail, Person
from partnership.outbox import queue_mail
from partnership.publications.queries import partners_of, speakers_of
from partnership.queries import coordinators_of


def ask_for_release(partner: BrochurePartner, person: Person, *, edition: BrochureEdition) -> OutgoingMail:
    return _queue("brochure_to_release", edition, person, organisation=partner.organisation.name)


def tell_sent_back(edition: BrochureEdition, *, actor: Person) -> None:
    """To the coordination, but not to whoever did it."""
    _tell("brochure_sent_back", edition, _coordinators(edition), actor, edition.sent_back_because)


def tell_withdrawn(edition: BrochureEdition, *, actor: Person) -> None:
    """To whoever speaks for a partner and to the coordination, but not to whoever did it."""
    people = _coordinators(edition)
    for partner in partners_of(edition):
        people.update(speakers_of(partner.organisation))
    _tell("brochure_withdrawn", edition, people, actor, edition.withdrawn_because)


def _tell(kind: str, edition: BrochureEdition, people: set[Person], actor: Person, reason: str) -> None:
    for person in sorted(people - {actor}, key=lambda person: person.pk):
        _queue(kind, edition, person, by=actor.name, reason_written=reason)


def _coordinators(edition: BrochureEdition) -> set[Person]:
    return set(coordinators_of(edition.brochure.partnership))


def _queue(kind: str, edition: BrochureEdition, person: Person, **content: str) -> OutgoingMail:
    partnership = edition.brochure.partnership
    page = absolute_url(partnership, reverse("administration:brochure_edition", args=[edition.pk]))
    return queue_mail(
        partnership=partnership,
        kind=kind,
        to_name=person.name,
        to_email=person.email,
        content={"title": edition.title, "number": edition.number, "page": page, **content},
        thing=edition.brochure,
    )
