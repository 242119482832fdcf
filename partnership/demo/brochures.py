"""A brochure that is released, and its next edition, which waits for two of three partners."""

from partnership.demo import leipzig
from partnership.demo.photos import make_ready, photo_of_a_gate
from partnership.models import BrochureEdition, Partnership, Person
from partnership.photos.queries import photos_of
from partnership.publications import editing, releasing, template

SPEAKERS = {leipzig.IHK: leipzig.IHK_DESK, leipzig.HWK: leipzig.HWK_DESK, leipzig.POLICE: leipzig.LEAD}
ADDED = "\n\nSagen Sie Ihren Nachbarbetrieben, wann Sie wieder öffnen."


def publish_brochure(partnership: Partnership) -> None:
    coordinator = Person.objects.get(email="koordination@demo.example")
    first = editing.add_brochure(
        partnership=partnership,
        title=template.TITLE,
        subtitle=template.SUBTITLE,
        chapters=template.chapters_to_begin_with(),
        contacts=template.contacts_to_begin_with(partnership),
        actor=coordinator,
    )
    releasing.propose(edition_id=first.pk, actor=coordinator)
    for partner in first.partners.select_related("organisation"):
        speaker = Person.objects.get(email=SPEAKERS[partner.organisation.name])
        releasing.release(partner_id=partner.pk, actor=speaker)
    second = editing.begin_edition(brochure_id=first.brochure_id, actor=coordinator)
    habits = second.chapters.get(picture="round")
    editing.change_chapter(
        chapter_id=habits.pk, seen=habits.version, values={"text": habits.text + ADDED}, actor=coordinator
    )
    _show_a_gate(second, coordinator)
    releasing.propose(edition_id=second.pk, actor=coordinator)
    ihk = second.partners.get(organisation__name=leipzig.IHK)
    releasing.release(partner_id=ihk.pk, actor=Person.objects.get(email=leipzig.IHK_DESK))


def _show_a_gate(edition: BrochureEdition, coordinator: Person) -> None:
    gates = edition.chapters.get(title="Tore")
    editing.put_own_picture(
        chapter_id=gates.pk,
        upload=photo_of_a_gate(),
        alternative="Ein Rolltor in einer Ziegelwand, davor eine gelbe Querstange mit Schloss",
        actor=coordinator,
    )
    for photo in photos_of(gates):
        make_ready(photo)
