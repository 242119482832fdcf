"""From draft to public: every partner that is named, once, and nothing changes in between."""

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from partnership.mail_content import build_message
from partnership.models import BrochureEdition, LogEntry, OutgoingMail
from partnership.publications import editing, releasing
from partnership.publications.comparing import changes_since_release
from partnership.publications.queries import released_editions
from partnership.refusals import Refusal
from tests import factories
from tests.partnership.publications.steps import (
    make_draft,
    make_released,
    make_waiting,
    next_waiting,
    partner_of,
    release_for,
)
from tests.personas import World

pytestmark = pytest.mark.django_db
State = BrochureEdition.State


def kinds_to() -> list[tuple[str, str]]:
    return list(OutgoingMail.objects.order_by("pk").values_list("kind", "to_email"))


def test_whoever_speaks_for_a_partner_is_asked_once(world: World) -> None:
    make_waiting(world)
    assert sorted(kinds_to()) == [
        ("brochure_to_release", world.bert.email),
        ("brochure_to_release", world.lea.email),
    ]


def test_the_mail_says_what_for_whom_and_where(world: World) -> None:
    edition = make_waiting(world)
    message = build_message(OutgoingMail.objects.get(to_email=world.bert.email))
    assert message.subject == "Bitte freigeben: Sicher im Betrieb, Fassung 1"
    for words in (message.body, str(message.alternatives[0].content)):
        assert "IHK zu Leipzig" in words
        assert f"/broschueren/fassungen/{edition.pk}/" in words


def test_the_mail_back_says_why(world: World) -> None:
    releasing.send_back(edition_id=make_waiting(world).pk, reason="Alte Nummer", actor=world.lea)
    message = build_message(OutgoingMail.objects.get(kind="brochure_sent_back"))
    for words in (message.body, str(message.alternatives[0].content)):
        assert "Lea Beispiel hat die Broschüre" in words
        assert "Alte Nummer" in words


def test_a_draft_asks_nobody(world: World) -> None:
    make_draft(world)
    assert kinds_to() == []


def test_it_is_public_when_the_last_partner_has_released_it(world: World) -> None:
    edition = release_for(make_waiting(world), world, world.ihk)
    assert edition.state == State.WAITING
    assert not released_editions(world.partnership).exists()
    release_for(edition, world, world.police)
    assert list(released_editions(world.partnership)) == [edition]
    assert edition.released_at is not None


def test_the_log_says_who_released(world: World) -> None:
    make_released(world)
    entries = LogEntry.objects.filter(act="brochure.partner_released").order_by("pk")
    assert [(e.actor, e.organisation) for e in entries] == [
        (world.bert, world.ihk),
        (world.lea, world.police),
    ]
    assert LogEntry.objects.filter(act="brochure.released").count() == 3


def test_releasing_twice_changes_nothing(world: World) -> None:
    edition = release_for(make_waiting(world), world, world.ihk)
    before = partner_of(edition, world.ihk).released_at
    releasing.release(partner_id=partner_of(edition, world.ihk).pk, actor=world.carl)
    assert partner_of(edition, world.ihk).released_at == before


def test_an_organisation_without_people_is_noted_by_the_coordination(world: World) -> None:
    city = factories.make_organisation(
        world.partnership, name="Stadt Grimma", short_name="Grimma", kind="municipality"
    )
    edition = make_waiting(world, city)
    releasing.release(partner_id=partner_of(edition, city).pk, actor=world.karl, note="Ordnungsamt, 24.11.")
    edition.refresh_from_db()
    assert edition.state == State.RELEASED
    assert partner_of(edition, city).release_note == "Ordnungsamt, 24.11."


def test_nobody_notes_for_those_who_can_speak(world: World) -> None:
    edition = make_waiting(world)
    with pytest.raises(Refusal, match="kann jemand selbst freigeben"):
        releasing.release(partner_id=partner_of(edition, world.ihk).pk, actor=world.karl, note="Telefon")
    assert partner_of(edition, world.ihk).released_at is None


def test_what_waits_is_not_changed(world: World) -> None:
    edition = make_waiting(world)
    chapter = edition.chapters.get(position=1)
    with pytest.raises(editing.NoDraft):
        editing.change_chapter(chapter_id=chapter.pk, seen=1, values={"text": "x"}, actor=world.karl)
    with pytest.raises(editing.NoDraft):
        editing.remove_partner(partner_id=partner_of(edition, world.ihk).pk, actor=world.karl)
    with pytest.raises(editing.NoDraft):
        releasing.propose(edition_id=edition.pk, actor=world.karl)


def test_sent_back_it_is_a_draft_without_releases(world: World) -> None:
    edition = release_for(make_waiting(world), world, world.ihk)
    releasing.send_back(edition_id=edition.pk, reason="Die Nummer ist alt", actor=world.lea)
    edition.refresh_from_db()
    assert (edition.state, edition.sent_back_because) == (State.DRAFT, "Die Nummer ist alt")
    assert not edition.partners.filter(released_at__isnull=False).exists()
    assert kinds_to()[-1] == ("brochure_sent_back", world.karl.email)


def test_the_coordination_tells_itself_nothing(world: World) -> None:
    edition = make_waiting(world)
    releasing.send_back(edition_id=edition.pk, reason="Tippfehler", actor=world.karl)
    assert not OutgoingMail.objects.filter(kind="brochure_sent_back").exists()


@pytest.mark.parametrize("make", [make_draft, make_released])
def test_only_what_waits_is_released_or_sent_back(world: World, make: object) -> None:
    edition = make(world)  # type: ignore[operator]
    partner = edition.partners.first()
    with pytest.raises(releasing.NotWaiting):
        releasing.release(partner_id=partner.pk, actor=world.bert)
    with pytest.raises(releasing.NotWaiting):
        releasing.send_back(edition_id=edition.pk, reason="x", actor=world.karl)


@pytest.mark.parametrize("lacking", ["chapters", "contacts"])
def test_nothing_half_is_proposed(world: World, lacking: str) -> None:
    edition = make_draft(world, **{lacking: []})
    with pytest.raises(Refusal, match="Es fehlen noch"):
        releasing.propose(edition_id=edition.pk, actor=world.karl)


def test_the_next_edition_replaces_the_one_before(world: World) -> None:
    first = make_released(world)
    second = next_waiting(first, world)
    assert list(released_editions(world.partnership)) == [first]
    release_for(second, world, world.ihk, world.police)
    first.refresh_from_db()
    assert first.state == State.REPLACED
    assert list(released_editions(world.partnership)) == [second]
    assert second.number == 2


def test_what_is_different_is_said(world: World) -> None:
    first = make_released(world)
    assert changes_since_release(first) == []
    assert changes_since_release(next_waiting(first, world)) == ["Kapitel „Türen“: Text geändert."]


def test_there_is_one_open_edition_at_most(world: World) -> None:
    first = make_released(world)
    next_waiting(first, world)
    with pytest.raises(Refusal, match="schon in Arbeit"):
        editing.begin_edition(brochure_id=first.brochure_id, actor=world.karl)
    with pytest.raises(IntegrityError, match="edition_one_open"), transaction.atomic():
        BrochureEdition.objects.create(brochure=first.brochure, number=9, title="x")


def test_the_database_wants_one_released_edition_with_its_time(world: World) -> None:
    first = make_released(world)
    for name, fields in (
        ("edition_one_released", {"released_at": timezone.now()}),
        ("edition_released_has_time", {}),
        ("edition_withdrawn_says_why", {"released_at": timezone.now(), "withdrawn_because": "Veraltet"}),
    ):
        with pytest.raises(IntegrityError, match=name), transaction.atomic():
            BrochureEdition.objects.create(
                brochure=first.brochure, number=9, title="x", state=State.RELEASED, **fields
            )
