"""Nothing is sent to a blocked address, except what somebody waits for; proof or a person lifts it."""

import datetime

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from partnership.address_change import ask_for_address, change_address
from partnership.blocked_addresses import block_address, block_of, lift_block, mailbox_is_proven
from partnership.erasing import ask_for_erasure, carry_out_part
from partnership.models import (
    BlockedAddress,
    LogEntry,
    OutgoingMail,
    Partnership,
    PendingAddress,
    ReceivedMail,
)
from partnership.outbox import deliver_mail
from partnership.own_data import sections_about
from partnership.registration import ask_to_register, register
from tests import factories
from tests.partnership.mail_in.steps import a_mail
from tests.personas import World, sign_in
from tests.smtp import Postbox

pytestmark = pytest.mark.django_db

ADDRESS = "alice@tischlerei.example"
PAGE = "/arbeitsplatz/verwaltung/gesperrte-adressen/"
State = OutgoingMail.State


def blocked(partnership: Partnership, address: str = ADDRESS, status: str = "5.1.1") -> BlockedAddress:
    return block_address(mail=a_mail(partnership, address), status=status)


def test_a_mail_to_it_is_not_sent(postbox: Postbox) -> None:
    partnership = factories.make_partnership()
    blocked(partnership)
    mail = a_mail(partnership, content={"manage_url": "https://geheim", "office": "Grimma"})
    deliver_mail(mail.pk)
    mail.refresh_from_db()
    assert (mail.state, mail.content) == (State.BLOCKED, {"office": "Grimma"})
    assert postbox.senders == 0


def test_others_get_theirs(postbox: Postbox) -> None:
    partnership = factories.make_partnership()
    blocked(partnership)
    deliver_mail(a_mail(partnership, "bea@werk.example").pk)
    assert len(postbox.messages) == 1


def test_what_was_under_way_before_is_not_sent_either(postbox: Postbox) -> None:
    partnership = factories.make_partnership()
    mail = a_mail(partnership)
    blocked(partnership)
    deliver_mail(mail.pk)
    assert postbox.senders == 0


def test_whoever_asks_for_a_code_gets_it(postbox: Postbox) -> None:
    partnership = factories.make_partnership()
    blocked(partnership)
    mail = a_mail(partnership, kind="sign_in_code", content={"sign_in_code": "1", "until": ""})
    deliver_mail(mail.pk)
    assert len(postbox.messages) == 1
    assert block_of(ADDRESS), "asking proves nothing"


@pytest.mark.parametrize(
    ("answer", "kind", "is_blocked"),
    [
        ("550 5.1.1 no such user", "hard", True),
        ("550 no such user", "hard", True),
        ("552 5.2.2 mailbox full", "soft", False),
        ("554 5.7.1 client host rejected", "soft", False),
    ],
)
def test_a_server_that_refuses_an_address_at_once_says_the_same_as_a_bounce(
    postbox: Postbox, answer: str, kind: str, is_blocked: bool
) -> None:
    postbox.rcpt_answer = answer
    mail = a_mail(factories.make_partnership())
    deliver_mail(mail.pk)
    assert ReceivedMail.objects.get().kind == kind
    assert bool(block_of(ADDRESS)) is is_blocked


@pytest.mark.parametrize("answer", ["450 later", "451 4.7.1 greylisted"])
def test_a_server_that_wants_to_be_asked_again_blocks_nothing(postbox: Postbox, answer: str) -> None:
    postbox.rcpt_answer = answer
    deliver_mail(a_mail(factories.make_partnership(), attempts=8).pk)
    assert not BlockedAddress.objects.exists()
    assert not ReceivedMail.objects.exists()


def test_a_content_that_is_refused_blocks_nothing(postbox: Postbox) -> None:
    postbox.answer = "554 5.6.0 looks like spam"
    deliver_mail(a_mail(factories.make_partnership()).pk)
    assert not BlockedAddress.objects.exists()


def test_to_register_with_it_proves_that_it_works() -> None:
    partnership = factories.make_partnership()
    blocked(partnership)
    ask_to_register(partnership=partnership, email=ADDRESS, name="Alice")
    register(pending_id=PendingAddress.objects.get().pk, password="ein langer Satz")
    block = BlockedAddress.objects.get()
    assert block.lifted_at
    assert block.lifted_by is None
    assert LogEntry.objects.filter(act="address.proven").exists()


def test_to_change_to_it_proves_that_it_works(world: World) -> None:
    blocked(world.partnership, "neu@tischlerei.example")
    ask_for_address(partnership=world.partnership, person=world.alice, email="neu@tischlerei.example")
    change_address(pending_id=PendingAddress.objects.get().pk)
    assert block_of("neu@tischlerei.example") is None


def test_to_sign_in_by_a_mailed_code_proves_that_it_works(client: Client, world: World) -> None:
    blocked(world.partnership, world.carl.email)
    client.post("/konto/anmelden/code/", {"email": world.carl.email})
    code = OutgoingMail.objects.get(kind="sign_in_code").content["sign_in_code"]
    client.post("/konto/anmelden/code/eingeben/", {"code": code})
    assert client.get("/konto/").status_code == 200
    assert block_of(world.carl.email) is None


def test_to_sign_in_by_password_proves_nothing(client: Client, world: World) -> None:
    world.carl.set_password("ein langer Satz")
    world.carl.save()
    blocked(world.partnership, world.carl.email)
    client.post("/konto/anmelden/", {"login": world.carl.email, "password": "ein langer Satz"})
    assert block_of(world.carl.email)


def test_a_proof_of_an_address_that_is_not_blocked_is_no_news() -> None:
    mailbox_is_proven(ADDRESS)
    assert not LogEntry.objects.exists()


def test_who_is_second_lifts_nothing(world: World) -> None:
    block = blocked(world.partnership)
    lift_block(block_id=block.pk, actor=world.karl)
    lift_block(block_id=block.pk, actor=world.bert)
    assert BlockedAddress.objects.get().lifted_by == world.karl


def test_lifting_stands_in_every_members_log(world: World) -> None:
    lift_block(block_id=blocked(world.partnership).pk, actor=world.karl)
    told = LogEntry.objects.filter(act="address.lifted").values_list("organisation", flat=True)
    assert set(told) == {world.ihk.pk, world.hwk.pk, world.police.pk}


def test_whoever_is_erased_leaves_no_blocked_address(world: World) -> None:
    blocked(world.partnership, world.carl.email)
    request = ask_for_erasure(person=world.carl, partnership=world.partnership)
    carry_out_part(part_id=request.parts.get().pk, actor=world.karl)
    assert not BlockedAddress.objects.exists()


def test_ones_own_data_say_that_mails_do_not_arrive(world: World) -> None:
    since = blocked(world.partnership, world.carl.email).since
    own = next(section for section in sections_about(world.carl) if section.key == "person")
    assert own.rows[0]["blocked_since"] == since


@pytest.mark.parametrize(
    "fields",
    [
        {"address": "Alice@tischlerei.example"},
        {"address": ADDRESS},
        {"address": "x@y.example", "lifted_at": timezone.now() - datetime.timedelta(days=400)},
    ],
)
def test_the_database_knows_one_block_in_small_letters(fields: dict[str, object]) -> None:
    partnership = factories.make_partnership()
    blocked(partnership)
    with pytest.raises(IntegrityError, match="blocked_address"), transaction.atomic():
        BlockedAddress.objects.create(partnership=partnership, **fields)


# the page


@pytest.mark.parametrize(
    ("name", "status"),
    [("karl", 200), *((name, 403) for name in ("bert", "hanna", "paula", "lea", "dora", "carl", "alice"))],
)
def test_the_list_is_the_coordinations(client: Client, world: World, name: str, status: int) -> None:
    block = blocked(world.partnership)
    sign_in(client, getattr(world, name))
    assert client.get(PAGE).status_code == status
    assert client.post(f"{PAGE}{block.pk}/freigeben/").status_code == (302 if status == 200 else 403)
    assert bool(block_of(ADDRESS)) is (status != 200)


def test_strangers_sign_in_first(client: Client, world: World) -> None:
    assert client.get(PAGE)["Location"] == f"/konto/anmelden/?next={PAGE}"


def test_it_says_since_when_and_why(client: Client, world: World) -> None:
    blocked(world.partnership, status="5.1.1")
    html = sign_in(client, world.karl).get(PAGE).content.decode()
    assert ADDRESS in html
    assert "Adresse gibt es nicht" in html
    assert "Hinweis auf eine Änderung am Konto" in html


def test_another_partnerships_are_not_theirs(client: Client, world: World) -> None:
    block = blocked(factories.make_partnership())
    assert ADDRESS not in sign_in(client, world.karl).get(PAGE).content.decode()
    assert client.post(f"{PAGE}{block.pk}/freigeben/").status_code == 404


def test_looking_lifts_nothing(client: Client, world: World) -> None:
    block = blocked(world.partnership)
    assert sign_in(client, world.karl).get(f"{PAGE}{block.pk}/freigeben/").status_code == 405


def test_a_technician_lifts_it_under_technik(client: Client, world: World) -> None:
    block = blocked(world.partnership)
    world.karl.is_staff = world.karl.is_superuser = True
    world.karl.save()
    table = "/technik/partnership/blockedaddress/"
    sign_in(client, world.karl).post(table, {"action": "lift", "_selected_action": [block.pk]})
    assert BlockedAddress.objects.get().lifted_by == world.karl
