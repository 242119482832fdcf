"""Letters as mail servers and people write them -> what they are. No letter makes it raise."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as some

from partnership.mail_in.letters import LARGEST, LONGEST_TEXT, read_letter
from partnership.mail_in.sorting import Finding, sort_letter
from partnership.models import ReceivedMail

LETTERS = Path(__file__).parent / "letters"
Kind = ReceivedMail.Kind
OURS = "<0f0e6a52-7d7c-4c51-9a70-3f1b2c9d8e77@partnerschaft.example>"

BOUNCES = {
    "postfix_hard": (Kind.HARD, "5.1.1"),
    "postfix_host_unknown": (Kind.HARD, "5.4.4"),
    "postfix_soft": (Kind.SOFT, "4.2.2"),
    "postfix_delayed": (Kind.DELAYED, "4.4.1"),
    "exim_hard": (Kind.HARD, "5.1.1"),
    "exim_hard_without_code": (Kind.HARD, "5.1.1"),
    "exim_soft": (Kind.SOFT, "5.2.2"),
    "exim_delayed": (Kind.DELAYED, "4.7.1"),
    "exchange_365_hard": (Kind.HARD, "5.1.10"),
    "exchange_365_coded": (Kind.HARD, "5.1.1"),
    "exchange_365_soft": (Kind.SOFT, "5.2.2"),
    "exchange_365_policy": (Kind.SOFT, "5.7.1"),
    "exchange_onpremise_hard_de": (Kind.HARD, "5.1.1"),
    "exchange_onpremise_delayed_de": (Kind.DELAYED, "4.4.7"),
    "exchange_old_hard_de": (Kind.HARD, "5.1.1"),
    "exchange_old_soft_de": (Kind.SOFT, "5.2.2"),
    "google_hard": (Kind.HARD, "5.1.1"),
    "google_soft": (Kind.SOFT, "5.2.2"),
    "google_unauthenticated": (Kind.SOFT, "5.7.26"),
    "google_delayed": (Kind.DELAYED, "4.4.1"),
    "google_old_hard": (Kind.HARD, "5.1.1"),
    "provider_hard_de": (Kind.HARD, "5.1.1"),
    "qmail_hard": (Kind.HARD, "5.1.1"),
    "no_code_at_all": (Kind.SOFT, "5.0.0"),
    "broken_status": (Kind.HARD, "5.1.1"),
}
OTHERS = {
    "postfix_delivered": Kind.OTHER,
    "away_outlook_de": Kind.AUTO_REPLY,
    "away_google": Kind.AUTO_REPLY,
    "away_subject_only_de": Kind.AUTO_REPLY,
    "ticket_received": Kind.AUTO_REPLY,
    "read_receipt": Kind.OTHER,
    "newsletter": Kind.OTHER,
    "calendar_declined_outlook": Kind.DECLINED,
    "calendar_accepted_google": Kind.ACCEPTED,
    "reply_plain": Kind.REPLY,
    "reply_about_absence": Kind.REPLY,
    "reply_html_with_attachment": Kind.REPLY,
}


def content_of(name: str) -> bytes:
    return (LETTERS / f"{name}.eml").read_bytes()


def sorted_out(content: bytes) -> Finding:
    return sort_letter(read_letter(content))


def test_every_letter_is_read_here() -> None:
    assert {file.stem for file in LETTERS.glob("*.eml")} == {*BOUNCES, *OTHERS}


@pytest.mark.parametrize("name", BOUNCES)
def test_a_bounce_says_what_happened_to_the_address(name: str) -> None:
    found = sorted_out(content_of(name))
    assert (found.kind, found.status) == BOUNCES[name]


@pytest.mark.parametrize("name", OTHERS)
def test_what_is_no_bounce_is_none(name: str) -> None:
    assert sorted_out(content_of(name)).kind == OTHERS[name]


@pytest.mark.parametrize("name", [*BOUNCES, *OTHERS])
def test_line_ends_make_no_difference(name: str) -> None:
    unix = content_of(name)
    assert sorted_out(unix.replace(b"\n", b"\r\n")) == sorted_out(unix)


@pytest.mark.parametrize(
    "name",
    ["postfix_hard", "postfix_soft", "exim_hard", "exchange_old_hard_de", "google_old_hard", "reply_plain"],
)
def test_the_mail_that_came_back_is_named(name: str) -> None:
    assert OURS in read_letter(content_of(name)).returned_ids


def test_a_calendars_answer_names_entry_and_attendee() -> None:
    answer = sorted_out(content_of("calendar_declined_outlook")).answer
    assert answer
    assert (answer.uid, answer.sequence) == ("G-7K2M9P@termine.sicherheitspartnerschaft", 0)
    assert (answer.attendee, answer.is_automatic) == ("alice@tischlerei.example", False)


def test_what_a_person_wrote_is_plain_text_with_names_of_the_attachments() -> None:
    letter = read_letter(content_of("reply_html_with_attachment"))
    assert letter.text == "Können wir auf 14\xa0Uhr verschieben?\nGrüße"
    assert letter.attachments == ["Grundriß.pdf"]
    assert letter.subject == "AW: Ihr Termin ist bestätigt"
    assert letter.sender == ("Alice Müller", "alice@tischlerei.example")


def test_a_huge_letter_is_read_in_part() -> None:
    letter = read_letter(b"From: a@b.example\nSubject: viel\n\n" + b"x" * (LARGEST + 100))
    assert letter.subject == "viel"
    assert len(letter.text) == LONGEST_TEXT


def test_a_letter_of_a_thousand_layers_is_none() -> None:
    layer = b'Content-Type: multipart/mixed; boundary="%d"\n\n--%d\n'
    content = b"From: a@b.example\n" + b"".join(layer % (number, number) for number in range(2000))
    assert sorted_out(content).kind in (Kind.OTHER, Kind.REPLY)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\x00\xff\xfe",
        b"Subject: =?quatsch?Q?=ff?=\nFrom: <<>>\n\n",
        b"Content-Type: text/plain; charset=gibt-es-nicht\n\n\xe4\x00",
        b"Content-Type: text/plain; charset*=utf-8'de'%\n\nx",
        b"Content-Type: multipart/report; report-type=delivery-status\n\nohne Grenze",
        b"Content-Type: message/delivery-status\n\nAction: failed\nStatus: \xff",
        b"Content-Type: text/calendar; method=REPLY\n\nBEGIN:VCALENDAR\nMETHOD:REPLY\nBEGIN:VEVENT",
        b"From sender@x.example Tue Nov 24 10:00:00 2026\nFrom: a@b.example\n\nmbox",
    ],
)
def test_malformed_letters_are_sorted_like_others(content: bytes) -> None:
    letter = read_letter(content)
    assert sort_letter(letter).kind in Kind.values
    assert "\x00" not in letter.text + letter.subject


@given(
    content=some.binary(max_size=300),
    name=some.sampled_from(sorted([*BOUNCES, *OTHERS])),
    at=some.integers(0, 3000),
)
def test_a_letter_with_noise_in_it_never_raises(content: bytes, name: str, at: int) -> None:
    whole = content_of(name)
    assert sorted_out(whole[:at] + content + whole[at:]).kind in Kind.values
