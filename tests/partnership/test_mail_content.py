"""From an outbox row to a message."""

import datetime
from email import message_from_bytes, policy
from email.message import EmailMessage

import pytest
from django.core.mail import EmailMultiAlternatives

from partnership.calendar_files import calendar_entry
from partnership.mail_content import build_message
from partnership.models import OutgoingMail, Partnership
from partnership.outbox import queue_mail
from tests.factories import make_partnership

pytestmark = pytest.mark.django_db

NOON = datetime.datetime(2027, 3, 2, 12, tzinfo=datetime.UTC)


@pytest.fixture
def partnership() -> Partnership:
    return make_partnership(sender_name="Müller & Söhne", sender_email="termine@partnerschaft.example")


def a_mail(partnership: Partnership, **fields: object) -> OutgoingMail:
    given: dict[str, object] = {
        "kind": "password_reset",
        "to_name": "Jörg Groß, Elektro",
        "to_email": "joerg@elektro.example",
        "content": {"reset_url": "https://portal.example/neu?a=1&b=2"},
    }
    return queue_mail(partnership=partnership, **given | fields)  # type: ignore[arg-type]


def parts(message: EmailMultiAlternatives) -> list[str]:
    return [part.get_content_type() for part in message.message().walk() if not part.is_multipart()]


def head_of(mail: OutgoingMail) -> EmailMessage:
    return message_from_bytes(build_message(mail).message().as_bytes(), policy=policy.default)


def test_sender_is_the_partnerships_one_address(partnership: Partnership) -> None:
    head = head_of(a_mail(partnership))
    assert [str(a) for a in head["From"].addresses] == ["Müller & Söhne <termine@partnerschaft.example>"]
    assert [str(a) for a in head["To"].addresses] == ['"Jörg Groß, Elektro" <joerg@elektro.example>']
    assert "Reply-To" not in head


def test_a_mail_says_that_a_machine_wrote_it_and_keeps_its_id(partnership: Partnership) -> None:
    mail = a_mail(partnership)
    head = head_of(mail)
    assert head["Auto-Submitted"] == "auto-generated"
    assert head["Message-ID"] == mail.message_id
    assert mail.message_id.endswith("@partnerschaft.example>")


def test_the_first_line_is_the_subject_and_nobody_else_reads_it(partnership: Partnership) -> None:
    message = build_message(a_mail(partnership))
    assert message.subject == "Neues Passwort für Ihr Konto"
    assert message.body.startswith("Guten Tag")


def test_the_text_is_no_html_and_the_html_is(partnership: Partnership) -> None:
    message = build_message(a_mail(partnership))
    assert "https://portal.example/neu?a=1&b=2" in message.body
    html = str(message.alternatives[0].content)
    assert 'href="https://portal.example/neu?a=1&amp;b=2"' in html
    assert '<html lang="de">' in html


def test_what_was_typed_cannot_become_html(partnership: Partnership) -> None:
    mail = a_mail(partnership, content={"reset_url": "<script>alert(1)</script>"})
    assert "<script" not in str(build_message(mail).alternatives[0].content)


def test_a_name_cannot_add_lines_to_the_head(partnership: Partnership) -> None:
    mail = a_mail(partnership, to_name="Alice\nBcc: alle@firma.example")
    with pytest.raises(ValueError, match="newlines"):
        build_message(mail).message()


def test_a_calendar_comes_twice_to_be_acted_on_and_to_be_opened(partnership: Partnership) -> None:
    entry = calendar_entry(
        method="REQUEST",
        uid="1@x",
        sequence=0,
        starts_at=NOON,
        ends_at=NOON,
        summary="S",
        location="L",
        description="D",
    )
    message = build_message(a_mail(partnership, calendar=entry))
    assert parts(message) == ["text/plain", "text/html", "text/calendar", "text/calendar"]
    acted_on, opened = (
        part for part in message.message().walk() if part.get_content_type() == "text/calendar"
    )
    assert acted_on.get_param("method") == "REQUEST"
    assert opened.get_filename() == "termin.ics"


def test_without_a_calendar_there_is_none(partnership: Partnership) -> None:
    assert parts(build_message(a_mail(partnership))) == ["text/plain", "text/html"]


def test_a_demo_says_so(partnership: Partnership) -> None:
    message = build_message(a_mail(partnership))
    assert "Demo: erfundene Daten" in message.body
    assert "Demo: erfundene Daten" in str(message.alternatives[0].content)
