"""A released brochure is taken back: gone at once for everybody, with a reason."""

import pytest
from django.test import Client

from partnership.mail_content import build_message
from partnership.models import BrochureFile, LogEntry, OutgoingMail
from partnership.publications import editing, releasing
from partnership.publications.printing import print_brochure
from partnership.refusals import Refusal
from tests.partnership.publications.steps import make_released, make_waiting, next_waiting, release_for
from tests.personas import World, sign_in

pytestmark = pytest.mark.django_db
PUBLIC = "/broschueren/sicher-im-betrieb/"
PDF = "/broschueren/sicher-im-betrieb.pdf"
REASON = "Die Norm in Kapitel 1 ist überholt."


def withdrawn(world: World) -> int:
    edition = make_released(world)
    print_brochure(edition.pk)
    releasing.withdraw(edition_id=edition.pk, reason=REASON, actor=world.karl)
    return edition.pk


def test_the_page_says_why_and_the_file_is_gone(client: Client, world: World) -> None:
    withdrawn(world)
    response = client.get(PUBLIC)
    assert response.status_code == 410
    page = response.content.decode()
    assert REASON in page
    assert "Schließen Sie" not in page
    assert client.get(PDF).status_code == 404
    assert PUBLIC not in client.get("/broschueren/").content.decode()
    assert "has been withdrawn" in client.get(f"/en{PUBLIC}").content.decode()


def test_a_worker_that_is_late_keeps_no_file(world: World) -> None:
    print_brochure(withdrawn(world))
    assert not BrochureFile.objects.exists()


def test_partners_and_coordination_are_told_but_not_who_did_it(world: World) -> None:
    withdrawn(world)
    mails = OutgoingMail.objects.filter(kind="brochure_withdrawn")
    assert sorted(mail.to_email for mail in mails) == [world.bert.email, world.lea.email]
    message = build_message(mails[0])
    assert message.subject == "Zurückgezogen: Sicher im Betrieb, Fassung 1"
    for words in (message.body, str(message.alternatives[0].content)):
        assert REASON in words


def test_every_member_has_it_in_its_log(world: World) -> None:
    withdrawn(world)
    assert LogEntry.objects.filter(act="brochure.withdrawn", actor=world.karl).count() == 3


def test_only_what_is_public_is_withdrawn(world: World) -> None:
    with pytest.raises(Refusal, match="nicht mehr öffentlich"):
        releasing.withdraw(edition_id=make_waiting(world).pk, reason=REASON, actor=world.karl)
    assert not OutgoingMail.objects.filter(kind="brochure_withdrawn").exists()


def test_the_next_edition_is_public_again(client: Client, world: World) -> None:
    edition = make_released(world)
    releasing.withdraw(edition_id=edition.pk, reason=REASON, actor=world.karl)
    release_for(next_waiting(edition, world), world, world.ihk, world.police)
    assert client.get(PUBLIC).status_code == 200
    with pytest.raises(Refusal):
        releasing.withdraw(edition_id=edition.pk, reason=REASON, actor=world.karl)


@pytest.mark.parametrize(("who", "status"), [("karl", 302), ("bert", 403), ("lea", 403), ("hanna", 404)])
def test_the_coordination_withdraws(client: Client, world: World, who: str, status: int) -> None:
    edition = make_released(world)
    path = f"/arbeitsplatz/verwaltung/broschueren/fassungen/{edition.pk}/zurueckziehen/"
    response = sign_in(client, getattr(world, who)).post(path, {"reason": REASON})
    assert response.status_code == status
    edition.refresh_from_db()
    assert (edition.state == "withdrawn") is (who == "karl")


def test_a_new_edition_begins_with_what_was_withdrawn(world: World) -> None:
    edition = make_released(world)
    releasing.withdraw(edition_id=edition.pk, reason=REASON, actor=world.karl)
    draft = editing.begin_edition(brochure_id=edition.brochure_id, actor=world.karl)
    assert draft.chapters.count() == 2
