"""Material comes, changes and goes; somebody answers for what is public; participants hear of it once."""

import pytest
from django.core.mail import EmailMultiAlternatives
from django.db import IntegrityError

from forums.materials import publishing
from forums.models import Event, Material, MaterialFile, Registration
from partnership.administration.changes import ChangedMeanwhile
from partnership.journal import entries_about
from partnership.mail_content import build_message
from partnership.models import OutgoingMail
from partnership.refusals import Refusal
from tests.event_factories import make_event, make_part, make_registration
from tests.forums.materials.files import PDF
from tests.forums.materials.steps import PARTICIPANTS, PUBLIC, add_file, with_place
from tests.partnership.photos.hostile import SECRET
from tests.partnership.photos.hostile import with_place as with_gps
from tests.partnership.publications.steps import make_released
from tests.personas import World


@pytest.fixture
def event(world: World) -> Event:
    return make_event(organiser=world.ihk)


def acts_about(event: Event) -> list[str]:
    return list(entries_about(event).order_by("pk").values_list("act", flat=True))


def told(event: Event, world: World) -> list[str]:
    publishing.tell_participants(event_id=event.pk, actor=world.bert)
    return sorted(OutgoingMail.objects.filter(kind="event_materials").values_list("to_email", flat=True))


def test_a_file_gets_the_name_of_its_title_and_the_kind_of_its_content(world: World, event: Event) -> None:
    file = add_file(event, world.bert, title="Türen & Fenster").file
    assert (file.name, file.content_type, bytes(file.content)) == (
        "tueren-fenster.pdf",
        "application/pdf",
        PDF,
    )
    assert acts_about(event) == ["material.added"]
    assert entries_about(event).get().organisation == world.ihk


def test_a_picture_is_made_anew_without_what_the_camera_noted(world: World, event: Event) -> None:
    file = add_file(event, world.bert, with_gps()).file
    assert (file.content_type, file.name[-4:]) == ("image/jpeg", ".jpg")
    assert SECRET not in bytes(file.content)


def test_a_file_is_public_only_when_somebody_says_that_the_rights_are_clear(
    world: World, event: Event
) -> None:
    with pytest.raises(Refusal, match="Rechte"):
        add_file(event, world.bert, audience=PUBLIC, rights_are_clear=False)
    material = add_file(event, world.bert, audience=PUBLIC)
    assert material.rights_clear_by == world.bert
    assert Material.objects.count() == MaterialFile.objects.count() == 1


def test_rights_are_asked_for_again_when_it_was_not_public_in_between(world: World, event: Event) -> None:
    material = add_file(event, world.bert, audience=PUBLIC)
    change = {"material_id": material.pk, "title": "Neu", "actor": world.bert}
    publishing.change_material(**change, seen=1, audience=PARTICIPANTS, rights_are_clear=True)
    with pytest.raises(Refusal, match="Rechte"):
        publishing.change_material(**change, seen=2, audience=PUBLIC, rights_are_clear=False)
    with pytest.raises(ChangedMeanwhile):
        publishing.change_material(**change, seen=1, audience=PUBLIC, rights_are_clear=True)
    publishing.change_material(**change, seen=2, audience=PUBLIC, rights_are_clear=True)
    assert acts_about(event) == ["material.added", "material.changed", "material.changed"]


def test_a_brochure_and_a_page_need_no_rights(world: World, event: Event) -> None:
    brochure = make_released(world).brochure
    publishing.add_brochure(
        event_id=event.pk, title="Lesen", audience=PUBLIC, brochure=brochure, actor=world.bert
    )
    publishing.add_page(
        event_id=event.pk, title="Seite", audience=PUBLIC, url="https://a.example/", actor=world.bert
    )
    assert Material.objects.filter(audience=PUBLIC).count() == 2


def test_what_is_removed_is_gone_with_its_bytes(world: World, event: Event) -> None:
    material = add_file(event, world.bert)
    publishing.remove_material(material_id=material.pk, actor=world.bert)
    assert not MaterialFile.objects.exists()
    assert acts_about(event)[-1] == "material.removed"
    with pytest.raises(Refusal, match="inzwischen entfernt"):
        publishing.remove_material(material_id=material.pk, actor=world.bert)


def test_an_event_has_so_much_material_and_no_more(
    world: World, event: Event, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(publishing, "MOST_OF_AN_EVENT", 1)
    add_file(event, world.bert)
    with pytest.raises(Refusal, match="Mehr als 1"):
        add_file(event, world.bert)


def test_whoever_has_a_place_is_told_once(world: World) -> None:
    registration = with_place(world)
    event = registration.event
    waits = make_registration(event, make_part(event), booking_state="waitlisted")
    gone = make_registration(event, make_part(event), state=Registration.State.CANCELLED)
    add_file(event, world.bert)
    assert {waits.email, gone.email, registration.email} - set(told(event, world)) == {
        waits.email,
        gone.email,
    }
    with pytest.raises(Refusal, match="schon hingewiesen"):
        told(event, world)


def test_nobody_is_told_of_nothing_or_where_nobody_has_a_place(world: World, event: Event) -> None:
    with pytest.raises(Refusal, match="Noch gibt es keine Unterlagen"):
        told(event, world)
    add_file(event, world.bert)
    with pytest.raises(Refusal, match="Niemand mit einem Platz"):
        told(event, world)
    assert Event.objects.get().materials_told_at is None
    assert not OutgoingMail.objects.exists()


def test_a_colleague_without_an_address_is_told_by_who_registered_both(world: World) -> None:
    first = with_place(world, name="Ute Quendel")
    part = first.event.parts.get()
    make_registration(first.event, part, name="Bo", email="", registered_by=first)
    add_file(first.event, world.bert)
    assert told(first.event, world) == [first.email]
    assert OutgoingMail.objects.get().to_name == "Ute Quendel"


def test_the_mail_says_what_and_until_when_and_has_the_own_link(world: World) -> None:
    registration = with_place(world, page_language="en")
    add_file(registration.event, world.bert)
    told(registration.event, world)
    mail = OutgoingMail.objects.get()
    message = build_message(mail)
    assert isinstance(message, EmailMultiAlternatives)
    for words in (message.body, str(message.alternatives[0].content)):
        assert [fact for fact in mail.content.values() if fact not in words] == []
    assert "/en/foren/anmeldung/" in mail.content["materials_url"]
    assert message.subject == f"Material: {registration.event.title}"


@pytest.mark.parametrize(
    "change",
    [{"audience": PUBLIC}, {"url": "https://a.example/", "brochure": True}],
    ids=["a public file without rights", "a brochure and a page at once"],
)
def test_the_database_refuses(world: World, event: Event, change: dict[str, object]) -> None:
    material = add_file(event, world.bert)
    if change.get("brochure"):
        change = change | {"brochure": make_released(world).brochure}
    with pytest.raises(IntegrityError):
        Material.objects.filter(pk=material.pk).update(**change)


@pytest.mark.parametrize(
    "change", [{"content_type": "text/html"}, {"size": 0}, {"size": 20 * 1024 * 1024 + 1}]
)
def test_the_database_takes_no_other_kind_and_no_other_size(
    world: World, event: Event, change: dict[str, object]
) -> None:
    add_file(event, world.bert)
    with pytest.raises(IntegrityError):
        MaterialFile.objects.update(**change)
