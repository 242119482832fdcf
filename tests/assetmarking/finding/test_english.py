"""Finders, owners and buyers read English."""

from django.test import Client

from assetmarking.finding.mails import take_reply
from assetmarking.finding.writing import answer_finder, end_by_owner, write_again
from assetmarking.models import FinderThread
from partnership.mail_content import build_message
from partnership.models import OutgoingMail
from tests import factories
from tests.asset_factories import make_asset, make_theft
from tests.assetmarking.finding.steps import labelled, written
from tests.english.missing import Missing, ours
from tests.personas import World, sign_in


def test_writing_about_a_label_in_english(client: Client, world: World, missing: Missing) -> None:
    """The page, what goes wrong on it, the thanks, an unknown code; then too many a day."""
    label = labelled(world)
    page = f"/en/k/{label.code}"
    client.get("/en/k/")
    client.post("/en/k/")
    client.get("/en/k/nothing")
    client.get(page)
    client.post(page, {"text": "x" * 2001, "email": "x"})
    client.post(page, {"text": "Found it"}, follow=True)
    for number in range(5):
        client.post(page, {"text": f"Found it, {number}"})
    sign_in(client, world.alice)
    client.get(page)
    assert ours(missing.sentences) == []


def test_a_thread_in_english(client: Client, world: World, missing: Missing) -> None:
    """Both sides, open, after a lost mail and ended; without an address; a link that is none."""
    thread = written(world)
    client.get("/en/k/nachricht/x/")
    answer_finder(thread_id=thread.pk, text="Thank you", actor=world.alice)
    mail = OutgoingMail.objects.get(kind="asset_found_answer")
    link = "/en" + mail.content["thread_url"][mail.content["thread_url"].index("/k/") :]
    client.get(link)
    client.post(link)
    FinderThread.objects.update(mail_lost_at=thread.begun_at)
    sign_in(client, world.alice)
    owner = f"/en/kennzeichnung/fundmeldung/{thread.pk}/"
    for path in (owner, f"/en/kennzeichnung/firma/{thread.firm_id}/fundmeldungen/"):
        client.get(path)
    for number in range(3):
        client.post(owner, {"text": f"Hello {number}?"}, follow=True)
    end_by_owner(thread_id=thread.pk, actor=world.alice)
    for path in (owner, link, f"/en/kennzeichnung/firma/{thread.firm_id}/fundmeldungen/"):
        client.get(path)
    client.post(f"{owner}beenden/", follow=True)
    client.get(f"/en/kennzeichnung/fundmeldung/{written(world, email='').pk}/")
    FinderThread.objects.all().delete()
    client.get(f"/en/kennzeichnung/firma/{thread.firm_id}/fundmeldungen/")
    assert ours(missing.sentences) == []


def test_the_check_in_english(client: Client, world: World, missing: Missing) -> None:
    page = "/en/kennzeichnung/pruefen/"
    asset = make_asset(factories.make_firm(world.alice), "NB-4711-08")
    make_theft(asset, partnership=world.partnership, police=world.police, state="confirmed")
    client.get(page)
    for number in ("", "12", "unbekannt", labelled(world).code, "NB-4711-08", "XX-9999"):
        client.post(page, {"number": number})
    assert ours(missing.sentences) == []


def test_the_mails_in_english(world: World, missing: Missing) -> None:
    """First and later ones, about a thing and about a free label, with and without an address."""
    asset = make_asset(factories.make_firm(world.alice))
    thread = written(world, labelled(world, asset=asset))
    written(world, email="")
    answer_finder(thread_id=thread.pk, text="Thank you", actor=world.alice)
    write_again(thread_id=thread.pk, text="Fine")
    for mail in OutgoingMail.objects.filter(kind__in=["asset_found", "asset_found_answer"]):
        take_reply(mail)
    for mail in OutgoingMail.objects.all():
        mail.language = "en"
        build_message(mail)
    assert ours(missing.sentences) == []
