"""What follows from a letter: noted once, the address blocked, a person's words handed on."""

import datetime

import pytest
from django.utils import timezone
from pytest_django import Settings

from partnership.blocked_addresses import block_address, block_of, lift_block
from partnership.mail_in.receiving import receive
from partnership.mail_in.return_address import return_address_of
from partnership.models import BlockedAddress, LogEntry, OutgoingMail, Partnership, ReceivedMail
from partnership.outbox import deliver_mail
from tests import factories
from tests.partnership.mail_in.steps import RETURN_ADDRESS, a_mail, bounce, bounce_of, reply_to
from tests.partnership.mail_in.test_sorting import content_of
from tests.personas import World
from tests.smtp import Postbox, text_of

pytestmark = pytest.mark.django_db

Kind = ReceivedMail.Kind
A_DAY = datetime.timedelta(days=1)
DESK = "kontakt@partnerschaft.example"


@pytest.fixture
def partnership(settings: Settings) -> Partnership:
    settings.RETURN_ADDRESS = RETURN_ADDRESS
    return factories.make_partnership()


@pytest.fixture
def mail(partnership: Partnership) -> OutgoingMail:
    return a_mail(partnership)


def forwarded() -> list[OutgoingMail]:
    return list(OutgoingMail.objects.filter(kind="reply_forwarded"))


# which mail


def test_the_return_address_names_the_mail(mail: OutgoingMail) -> None:
    received = receive(bounce_of(mail, names_mail=False))
    assert (received.outgoing, received.kind, received.status) == (mail, Kind.HARD, "5.1.1")


def test_else_the_header_that_came_back_names_it(mail: OutgoingMail) -> None:
    received = receive(bounce_of(mail, to="termine@partnerschaft.example"))
    assert received.outgoing == mail


def test_the_return_address_comes_before_what_is_quoted(mail: OutgoingMail, partnership: Partnership) -> None:
    other = a_mail(partnership, "bea@werk.example")
    assert receive(bounce_of(other, to=return_address_of(mail))).outgoing == mail


def test_a_bounce_of_nothing_of_ours_is_noted_and_harms_nobody(mail: OutgoingMail) -> None:
    received = receive(content_of("postfix_hard"))
    assert (received.outgoing, received.kind) == (None, Kind.HARD)
    assert not BlockedAddress.objects.exists()


# bounces


def test_a_hard_bounce_blocks_the_address(mail: OutgoingMail) -> None:
    bounce(mail)
    block = BlockedAddress.objects.get()
    assert (block.address, block.status, block.mail) == ("alice@tischlerei.example", "5.1.1", mail)
    assert LogEntry.objects.filter(act="address.blocked").exists()


def test_the_same_letter_twice_changes_nothing(mail: OutgoingMail) -> None:
    letter = bounce_of(mail)
    receive(letter)
    lift_block(block_id=BlockedAddress.objects.get().pk, actor=factories.make_person())
    receive(letter)
    assert ReceivedMail.objects.count() == 1
    assert block_of("alice@tischlerei.example") is None


def test_a_second_bounce_leaves_one_block(mail: OutgoingMail) -> None:
    bounce(mail)
    bounce(mail)
    assert BlockedAddress.objects.count() == 1


def test_upper_and_lower_case_are_one_address(partnership: Partnership) -> None:
    bounce(a_mail(partnership, "Alice@Tischlerei.example"))
    assert block_of("ALICE@tischlerei.example")


@pytest.mark.parametrize("status", ["4.2.2", "4.4.7", "5.2.2", "5.7.1"])
def test_what_may_pass_blocks_nothing(mail: OutgoingMail, status: str) -> None:
    bounce(mail, status=status)
    assert not BlockedAddress.objects.exists()


def test_the_third_in_two_weeks_blocks(partnership: Partnership) -> None:
    for _number in range(2):
        bounce(a_mail(partnership), status="5.2.2")
    assert not BlockedAddress.objects.exists()
    bounce(a_mail(partnership), status="5.2.2")
    assert block_of("alice@tischlerei.example")


def test_older_ones_do_not_count(partnership: Partnership) -> None:
    for _number in range(2):
        bounce(a_mail(partnership), status="5.2.2")
    ReceivedMail.objects.update(received_at=timezone.now() - 15 * A_DAY)
    bounce(a_mail(partnership), status="5.2.2")
    assert not BlockedAddress.objects.exists()


def test_what_was_before_somebody_lifted_it_does_not_count(partnership: Partnership) -> None:
    for _number in range(3):
        bounce(a_mail(partnership), status="5.2.2")
    lift_block(block_id=BlockedAddress.objects.get().pk, actor=factories.make_person())
    bounce(a_mail(partnership), status="5.2.2")
    assert block_of("alice@tischlerei.example") is None


def test_delays_never_block(partnership: Partnership) -> None:
    for _number in range(4):
        bounce(a_mail(partnership), status="4.4.1", action="delayed")
    assert not BlockedAddress.objects.exists()


def test_whoever_is_erased_is_not_written_down_again(mail: OutgoingMail) -> None:
    OutgoingMail.objects.update(to_email="", last_error="erased")
    bounce(mail)
    assert not BlockedAddress.objects.exists()


# replies


def test_a_persons_reply_goes_to_whoever_answers(mail: OutgoingMail, postbox: Postbox) -> None:
    assert receive(reply_to(mail)).kind == Kind.REPLY
    (sent,) = forwarded()
    deliver_mail(sent.pk)
    (message,) = postbox.messages
    assert message["To"] == DESK
    assert message["Reply-To"] == "alice@tischlerei.example"
    assert message["Subject"] == "Antwort von Alice Muster <alice@tischlerei.example>: Re: Ihr Termin"
    assert "Darf ich jemanden mitbringen?" in text_of(message)


def test_a_name_of_two_lines_writes_nothing_into_the_mail(mail: OutgoingMail, postbox: Postbox) -> None:
    receive(reply_to(mail, sender='"Alice\n Bcc: bea@werk.example" <alice@tischlerei.example>'))
    deliver_mail(forwarded()[0].pk)
    (message,) = postbox.messages
    assert message["Bcc"] is None
    assert message["Subject"].endswith(": Re: Ihr Termin")


def test_what_was_written_leaves_the_portal_with_the_mail(mail: OutgoingMail, postbox: Postbox) -> None:
    receive(reply_to(mail))
    (sent,) = forwarded()
    deliver_mail(sent.pk)
    sent.refresh_from_db()
    assert set(sent.content) == {"about", "when", "page"}


def test_a_reply_to_the_return_address_is_one_too(mail: OutgoingMail) -> None:
    received = receive(reply_to(None, to=return_address_of(mail)))
    assert received.outgoing == mail
    assert len(forwarded()) == 1


def test_a_letter_to_the_sender_that_answers_nothing_is_read_by_somebody(partnership: Partnership) -> None:
    receive(reply_to(None))
    (sent,) = forwarded()
    assert (sent.to_email, sent.content["about"]) == (DESK, "")


def test_a_letter_to_somebody_else_is_nobodys(partnership: Partnership) -> None:
    receive(reply_to(None, to="info@anderswo.example"))
    assert forwarded() == []


def test_attachments_are_named_only(partnership: Partnership) -> None:
    content = content_of("reply_html_with_attachment")
    receive(content.replace(b"To: Sich", b"Cc: termine@partnerschaft.example\nTo: Sich"))
    (sent,) = forwarded()
    assert sent.content["attachments_written"] == ["Grundriß.pdf"]


@pytest.mark.parametrize(
    "changes",
    [
        {"head": "Auto-Submitted: auto-replied\n"},
        {"head": "Auto-Submitted: auto-generated\n"},
        {"return_path": ""},
        {"head": "List-Id: <liste.example>\n"},
        {"head": "Precedence: bulk\n"},
        {"sender": "termine@partnerschaft.example"},
        {"sender": "rueckmeldung+1-x@portal.example"},
        {"sender": ""},
    ],
)
def test_nothing_automatic_and_nothing_of_ours_goes_round(
    mail: OutgoingMail, changes: dict[str, str]
) -> None:
    receive(reply_to(mail, **changes))
    assert forwarded() == []


def test_our_own_forwarded_mail_coming_back_is_not_forwarded(mail: OutgoingMail, postbox: Postbox) -> None:
    """As when somebody lets the contact address lead to the portal's mailbox."""
    receive(reply_to(mail))
    deliver_mail(forwarded()[0].pk)
    receive(postbox.messages[0].as_bytes())
    assert len(forwarded()) == 1


def test_a_reply_is_not_forwarded_to_its_writer(mail: OutgoingMail) -> None:
    receive(reply_to(mail, sender=DESK))
    assert forwarded() == []


@pytest.mark.parametrize("contact", ["termine@partnerschaft.example", RETURN_ADDRESS])
def test_where_the_contact_address_leads_back_here_the_coordination_reads_it(
    world: World, settings: Settings, contact: str
) -> None:
    settings.RETURN_ADDRESS = RETURN_ADDRESS
    world.partnership.email = contact
    world.partnership.save()
    receive(reply_to(a_mail(world.partnership)))
    assert forwarded()[0].to_email == world.karl.email


def test_a_blocked_contact_address_is_passed_over(world: World) -> None:
    block_address(mail=a_mail(world.partnership, DESK), status="5.1.1")
    receive(reply_to(a_mail(world.partnership)))
    assert forwarded()[0].to_email == world.karl.email


def test_nothing_that_a_person_wrote_is_kept(mail: OutgoingMail) -> None:
    receive(reply_to(mail))
    assert {field.name for field in ReceivedMail._meta.fields} == {
        *("id", "key", "kind", "outgoing", "status", "received_at")
    }
