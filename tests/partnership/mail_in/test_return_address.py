"""The envelope sender names the mail, and nobody can make one up."""

import pytest
from pytest_django import Settings

from partnership.mail_in.return_address import is_return_address, mail_key_in, return_address_of
from partnership.models import OutgoingMail
from partnership.outbox import deliver_mail
from tests.factories import make_partnership
from tests.partnership.mail_in.steps import RETURN_ADDRESS, a_mail
from tests.smtp import Postbox


@pytest.fixture
def address(settings: Settings) -> str:
    settings.RETURN_ADDRESS = RETURN_ADDRESS
    return return_address_of(OutgoingMail(pk=4711))


def test_it_names_the_mail_whatever_a_server_does_to_its_case(address: str) -> None:
    assert address.startswith("rueckmeldung+4711-")
    assert mail_key_in(address) == mail_key_in(address.upper()) == mail_key_in(f"<{address}>") == 4711


def test_the_longest_one_fits_into_a_local_part(settings: Settings) -> None:
    settings.RETURN_ADDRESS = f"{'r' * 25}@portal.example"
    local, _at, _domain = return_address_of(OutgoingMail(pk=2**63 - 1)).partition("@")
    assert len(local) <= 64


@pytest.mark.parametrize(
    "address",
    [
        "",
        "rueckmeldung@portal.example",
        "rueckmeldung+4711@portal.example",
        "rueckmeldung+4711-aaaaaaaaaaaaaaaa@portal.example",
        "rueckmeldung+x-aaaaaaaaaaaaaaaa@portal.example",
        "rueckmeldung+99999999999999999999-aaaaaaaaaaaaaaaa@portal.example",
    ],
)
def test_nobody_makes_one_up(address: str) -> None:
    assert mail_key_in(address) is None


def test_another_mails_digest_does_not_fit(address: str) -> None:
    assert mail_key_in(address.replace("4711", "4712")) is None


def test_a_changed_key_still_knows_what_is_under_way(address: str, settings: Settings) -> None:
    settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = [settings.SECRET_KEY], "n" * 50
    assert mail_key_in(address) == 4711
    settings.SECRET_KEY_FALLBACKS = []
    assert mail_key_in(address) is None


@pytest.mark.parametrize(
    ("address", "is_ours"),
    [
        ("rueckmeldung@portal.example", True),
        ("Rueckmeldung+4711-x@portal.example", True),
        ("rueck@portal.example", False),
    ],
)
def test_our_own_address_is_known(settings: Settings, address: str, is_ours: bool) -> None:
    settings.RETURN_ADDRESS = RETURN_ADDRESS
    assert is_return_address(address) is is_ours
    settings.RETURN_ADDRESS = ""
    assert not is_return_address(address)


@pytest.mark.django_db
def test_bounces_go_to_it_and_people_answer_the_sender(postbox: Postbox, settings: Settings) -> None:
    settings.RETURN_ADDRESS = RETURN_ADDRESS
    mail = a_mail(make_partnership())
    deliver_mail(mail.pk)
    (message,) = postbox.messages
    assert postbox.envelope_senders == [return_address_of(mail)]
    assert message["From"] == "Sicherheitspartnerschaft <termine@partnerschaft.example>"
    assert message["Auto-Submitted"] == "auto-generated"
    assert "Return-Path" not in message


@pytest.mark.django_db
def test_without_one_bounces_go_to_the_sender(postbox: Postbox) -> None:
    deliver_mail(a_mail(make_partnership()).pk)
    assert postbox.envelope_senders == ["termine@partnerschaft.example"]
