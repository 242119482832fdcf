"""What each mail says, as text and as HTML: what, when, where, until when, and the link."""

import datetime
import html
import re
from collections.abc import Callable

import pytest
from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.utils import timezone

from consultations import booking, desk_booking
from consultations.acts import MAILS
from consultations.changing import Change, Changed, change_hours
from consultations.closing import close_office
from consultations.confirmations import remind_unconfirmed
from consultations.day_notices import send_day_notices
from consultations.deputies import put_deputy, release_deputy
from consultations.mails import say_how_to_cancel
from consultations.missing_outcomes import remind_of_outcomes
from consultations.models import (
    Appointment,
    Lane,
    OfficeHoursSeries,
    ReminderPlan,
    VisitRequest,
    WaitingOffer,
)
from consultations.office_hours import agree_to_hours, publish_hours
from consultations.reminders import send_due
from consultations.satisfaction import ask_due
from consultations.series import cancel_series
from consultations.slots import cut_slots
from partnership.mail_content import build_message
from partnership.models import OutgoingMail, Person
from partnership.times import at_wall_time, clock, long_moment, long_period
from tests.consultations.planning_steps import PLANNING_ACTS
from tests.consultations.report_steps import REPORT_ACTS
from tests.consultations.steps import book, cancel_all, confirm, move, token_in
from tests.consultations.test_absences import away
from tests.consultations.test_office_hours import plan
from tests.consultations.test_series import plan as plan_five_days
from tests.consultations.test_series import public
from tests.consultations.uptake_steps import UPTAKE_ACTS
from tests.consultations.visit_request_steps import REASON, REQUEST_ACTS
from tests.consultations.visit_steps import VISIT_ACTS
from tests.consultations.visits.standing import VISIT_ACTS as STANDING_ACTS
from tests.consultations.waiting_steps import WAITING_ACTS
from tests.personas import World

TOKEN = "t" * 43
A_DAY = datetime.timedelta(days=1)
NO_WAY_OUT = ("waiting_confirm", "waiting_ended")
"""Nobody waits yet, or any more."""
NOTE = "Hinter dem Lager ist der Zaun offen"
Act = Callable[[World, str], object]


def _book(world: World, language: str) -> Appointment:
    return book(world.hours, note=NOTE, page_language=language, accessibility_need="Gebärdensprache")


def _confirm(world: World, language: str) -> Appointment:
    return booking.confirm(appointment_id=_book(world, language).pk)[0]


def _ask(world: World, language: str) -> int:
    _confirm(world, language)
    Appointment.objects.update(state=Appointment.State.ATTENDED)
    return ask_due(now=at_wall_time(world.hours.day + datetime.timedelta(days=1), datetime.time(10)))


def _change(world: World) -> Changed:
    change = Change(values={"ends": datetime.time(14)}, officers=[world.pia], officers_before=[world.paula])
    return change_hours(hours_id=world.hours.pk, change=change, actor=world.bert)


def _away(world: World) -> Lane:
    _confirm(world, "de")
    away(world)
    return world.hours.lanes.get()


def _put_deputy(world: World, actor: Person, *, is_agreed: bool) -> Lane:
    return put_deputy(lane_id=_away(world).pk, deputy=world.pia, actor=actor, is_agreed=is_agreed)


def _remind(world: World, language: str) -> None:
    appointment = _confirm(world, language)
    send_due(now=appointment.starts_at - A_DAY)


def _ask_again(world: World, language: str) -> None:
    asked_at = timezone.now() - datetime.timedelta(hours=5)
    Appointment.objects.filter(pk=_book(world, language).pk).update(asked_at=asked_at)
    remind_unconfirmed()


def _at(world: World, scan: Callable[..., object], *, days: int, hour: int) -> None:
    """Somebody has booked; the scan runs so many days after the office hours."""
    _confirm(world, "de")
    scan(now=at_wall_time(world.hours.day + days * A_DAY, datetime.time(hour)))


ACTS: dict[str, Act] = {
    "booking_unconfirmed": _ask_again,
    "booking_reminder": _remind,
    "officer_tomorrow": lambda world, _language: _at(world, send_day_notices, days=-1, hour=18),
    "desk_today": lambda world, _language: _at(world, send_day_notices, days=0, hour=7),
    "outcome_missing": lambda world, _language: _at(world, remind_of_outcomes, days=1, hour=8),
    "booking_confirm": _book,
    "booking_confirmed": _confirm,
    "booking_moved": lambda world, language: move(_confirm(world, language), world.hours, 1),
    "booking_cancelled": lambda world, language: desk_booking.cancel_by_desk(
        appointment_id=_confirm(world, language).pk, reason="Wasserschaden", actor=world.bert
    ),
    "booking_declined": lambda world, language: say_how_to_cancel(_confirm(world, language), token=TOKEN),
    "satisfaction_asked": _ask,
    "hours_to_agree": lambda world, _language: publish_hours(
        hours_id=plan(world, officers=[world.pia]).pk, actor=world.bert
    ),
    "hours_cancelled": lambda world, _language: cancel_all(
        world.hours, reason="Wasserschaden", actor=world.bert
    ),
    "hours_changed": lambda world, _language: _change(world),
    "hours_released": lambda world, _language: _change(world),
    "series_to_agree": lambda world, _language: plan_five_days(world, publish=True),
    "series_cancelled": lambda world, _language: cancel_series(
        series_id=public(world).pk,
        first_day=datetime.date(2020, 1, 1),
        ways=[],
        reason="Wasserschaden",
        actor=world.bert,
    ),
    "office_closed": lambda world, _language: close_office(
        office_id=world.office.pk,
        starts=world.hours.day,
        ends=world.hours.day,
        reason="Wasserschaden",
        ways=[],
        actor=world.bert,
    ),
    "officer_missing": lambda world, _language: _away(world),
    "deputy_put": lambda world, _language: _put_deputy(world, world.lea, is_agreed=True),
    "deputy_asked": lambda world, _language: _put_deputy(world, world.bert, is_agreed=False),
    "deputy_answered": lambda world, _language: agree_to_hours(
        hours_id=_put_deputy(world, world.bert, is_agreed=False).hours_id, actor=world.pia
    ),
    "deputy_released": lambda world, _language: release_deputy(
        lane_id=_put_deputy(world, world.bert, is_agreed=False).pk, actor=world.bert
    ),
    **WAITING_ACTS,
    **VISIT_ACTS,
    **STANDING_ACTS,
    **PLANNING_ACTS,
    **REQUEST_ACTS,
    **REPORT_ACTS,
    **UPTAKE_ACTS,
}
TO_FIRMS = [kind for kind in ACTS if kind.startswith("booking")]
OPENING = ["booking_confirm", "booking_confirmed", "booking_unconfirmed", "booking_reminder"]
TO_THOSE_WHO_WAIT = list(WAITING_ACTS)
TO_THOSE_WHO_ASK = list(VISIT_ACTS)
READ_ELSEWHERE = (
    *("officer_missing", "officer_tomorrow", "desk_today", "outcome_missing"),
    "satisfaction_asked",
    *TO_THOSE_WHO_ASK,
    *STANDING_ACTS,
    *PLANNING_ACTS,
    *REQUEST_ACTS,
    *REPORT_ACTS,
    *UPTAKE_ACTS,
)
TO_OFFICERS = [kind for kind in ACTS if kind not in (*TO_FIRMS, *TO_THOSE_WHO_WAIT, *READ_ELSEWHERE)]


def mail_of(world: World, kind: str, language: str = "de") -> OutgoingMail:
    world.office.by_train, world.office.by_car = "Bahnhof, 5 Minuten", "Parkplätze im Hof"
    world.office.access_note = "Eingang im Hof"
    world.office.save()
    ACTS[kind](world, language)
    return OutgoingMail.objects.filter(kind=kind).latest("pk")


def words_of(message: EmailMultiAlternatives) -> tuple[str, str]:
    """The text, and the HTML without its tags."""
    source = str(message.alternatives[0].content)
    return message.body, html.unescape(re.sub(r"<style>.*?</style>|<[^>]+>", " ", source, flags=re.DOTALL))


def assert_both_say(message: EmailMultiAlternatives, *facts: str) -> None:
    for words in words_of(message):
        flat = " ".join(words.split())
        assert [fact for fact in facts if fact not in flat] == []


def test_every_mail_of_ours_is_read_here() -> None:
    assert set(ACTS) == set(MAILS)


@pytest.mark.parametrize("kind", TO_FIRMS)
def test_a_firm_reads_when_where_and_which_number(world: World, kind: str) -> None:
    message = build_message(mail_of(world, kind))
    appointment = Appointment.objects.get()
    assert_both_say(
        message,
        long_period(appointment.starts_at, appointment.ends_at),
        "IHK-Regionalbüro Grimma, Raum 2.14",
        appointment.reference,
        world.office.phone,
        world.partnership.name,
    )


@pytest.mark.parametrize("kind", [*OPENING, "booking_moved", "booking_declined"])
def test_a_firm_reads_the_address_until_when_and_the_link(world: World, kind: str) -> None:
    mail = mail_of(world, kind)
    message = build_message(mail)
    until = mail.content.get("confirm_by") or mail.content["change_until"]
    link = mail.content.get("confirm_url") or mail.content["manage_url"]
    assert_both_say(message, "Musterstraße 1, 04668 Grimma", until)
    assert link.startswith(settings.BASE_URL)
    assert link in message.body
    assert f'href="{link}"' in str(message.alternatives[0].content)


@pytest.mark.parametrize("kind", ["booking_confirmed", "booking_moved", "booking_reminder"])
def test_a_firm_reads_how_to_get_there_and_what_to_bring(world: World, kind: str) -> None:
    message = build_message(mail_of(world, kind))
    assert_both_say(
        message,
        "Bahnhof, 5 Minuten",
        "Parkplätze im Hof",
        "Das Haus ist stufenlos erreichbar. Eingang im Hof",
        "einen Grundriss, wenn vorhanden",
    )


@pytest.mark.parametrize("kind", TO_THOSE_WHO_WAIT)
def test_who_waits_reads_where_and_how_to_act(world: World, kind: str) -> None:
    message = build_message(mail_of(world, kind))
    assert_both_say(message, "IHK-Regionalbüro Grimma", world.office.phone, world.partnership.name)
    for text in (message.body, str(message.alternatives[0].content)):
        assert "/beratung/warteliste/" in text


@pytest.mark.parametrize("kind", [kind for kind in TO_THOSE_WHO_WAIT if kind not in NO_WAY_OUT])
def test_who_waits_unsubscribes_with_one_click(world: World, kind: str) -> None:
    mail = mail_of(world, kind)
    message = build_message(mail)
    assert message.extra_headers["List-Unsubscribe"] == f"<{mail.content['unsubscribe_url']}>"
    assert message.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert mail.content["unsubscribe_url"] in message.body


@pytest.mark.parametrize("kind", TO_THOSE_WHO_ASK)
def test_who_asks_for_a_visit_reads_the_town_the_number_and_how_to_act(world: World, kind: str) -> None:
    message = build_message(mail_of(world, kind))
    reference = VisitRequest.objects.get().reference
    assert_both_say(message, "Grimma", reference, world.partnership.phone)
    for text in (message.body, str(message.alternatives[0].content)):
        assert "/beratung/vor-ort/" in text
    for confided in ("Einbruch", "Hofweg"):
        assert confided not in message.body.replace("Nach einem Einbruch kommen wir zuerst", "")


@pytest.mark.parametrize("kind", TO_THOSE_WHO_ASK)
def test_who_asks_for_a_visit_can_read_it_in_english(world: World, kind: str) -> None:
    message = build_message(mail_of(world, kind, "en"))
    text = f"{message.subject} {' '.join(words_of(message))}"
    assert not re.search(r"\b(Anfrage|Guten Tag|Uhr|Besuch|bestätigen|Impressum)\b", text)
    assert "/en/beratung/vor-ort/" in message.body


@pytest.mark.parametrize("kind", [kind for kind in REQUEST_ACTS if kind != "visit_ended"])
def test_police_read_who_asks_since_when_and_find_the_page(world: World, kind: str) -> None:
    message = build_message(mail_of(world, kind))
    request = VisitRequest.objects.earliest("pk")
    assert_both_say(message, f"{request.firm_name}, Grimma", request.reference, "seit")
    assert f"{settings.BASE_URL}/arbeitsplatz/besuche/{request.reference}/" in message.body
    assert "Einbruch" not in message.body


def test_a_firm_reads_why_there_is_no_visit_and_what_else_helps(world: World) -> None:
    message = build_message(mail_of(world, "visit_ended"))
    request = VisitRequest.objects.get()
    assert_both_say(message, f"Grund: {REASON}", request.reference, world.partnership.phone)
    english = build_message(mail_of(world, "visit_ended", "en"))
    assert_both_say(english, "The police will not be coming", REASON)
    assert not re.search(r"\b(Anfrage|Guten Tag|Grund|Besuch)\b", " ".join(words_of(english)))


def test_an_offer_names_the_time_and_until_when_it_is_kept(world: World) -> None:
    message = build_message(mail_of(world, "waiting_offer"))
    offer = WaitingOffer.objects.get()
    when = long_period(offer.freed.starts_at, offer.freed.ends_at)
    assert_both_say(message, when, long_moment(offer.expires_at), "Musterstraße 1, 04668 Grimma")


def test_other_mails_have_no_way_out_to_click(world: World) -> None:
    message = build_message(mail_of(world, "booking_confirmed"))
    assert "List-Unsubscribe" not in message.extra_headers


def test_the_request_names_the_last_moment_to_confirm(world: World) -> None:
    message = build_message(mail_of(world, "booking_confirm"))
    confirm_by = Appointment.objects.get().confirm_by
    assert confirm_by is not None
    assert_both_say(message, long_moment(confirm_by))


def test_a_move_names_the_time_before(world: World) -> None:
    mail = mail_of(world, "booking_moved")
    assert_both_say(
        build_message(mail), f"Die frühere Zeit ({long_moment(world.hours.starts_at)}) gilt nicht mehr"
    )


def test_a_cancellation_names_the_reason_and_where_other_times_are(world: World) -> None:
    message = build_message(mail_of(world, "booking_cancelled"))
    assert_both_say(message, "Grund: Wasserschaden", "diesen Termin müssen wir absagen")
    assert f"{settings.BASE_URL}/beratung/" in message.body


def test_nobody_explains_a_firms_own_cancellation_to_it(world: World) -> None:
    booking.cancel_by_firm(appointment_id=confirm(world.hours).pk)
    message = build_message(OutgoingMail.objects.get(kind="booking_cancelled"))
    assert_both_say(message, "Sie haben diesen Termin abgesagt")
    assert "Grund" not in message.body


@pytest.mark.parametrize("kind", TO_OFFICERS)
def test_an_officer_reads_when_where_and_finds_the_page(world: World, kind: str) -> None:
    mail = mail_of(world, kind)
    hours = world.hours if kind == "hours_released" else mail.thing
    if isinstance(hours, OfficeHoursSeries):
        hours = hours.days.earliest("day")
    message = build_message(mail)
    assert_both_say(
        message,
        long_period(hours.starts_at, hours.ends_at),  # type: ignore[union-attr]
        "IHK-Regionalbüro Grimma",
        "Musterstraße 1, 04668 Grimma",
    )
    assert f"{settings.BASE_URL}/arbeitsplatz/" in message.body


@pytest.mark.parametrize("kind", ["officer_tomorrow", "desk_today", "outcome_missing"])
def test_a_day_mail_names_who_comes_when_and_where_more_is(world: World, kind: str) -> None:
    message = build_message(mail_of(world, kind))
    start = cut_slots(world.hours)[0][0]
    assert_both_say(message, "IHK-Regionalbüro Grimma", "Tischlerei Muster", clock(start))
    assert f"{settings.BASE_URL}/arbeitsplatz/" in message.body


def test_after_the_deadline_the_reminder_says_to_call(world: World) -> None:
    world.partnership.change_deadline_hours = 300
    world.partnership.save()
    message = build_message(mail_of(world, "booking_reminder"))
    assert_both_say(message, f"rufen Sie bitte an, damit die Zeit für andere frei wird: {world.office.phone}")
    assert "Verschieben oder absagen können Sie" not in message.body


def test_a_reminder_has_the_partnerships_own_words(world: World) -> None:
    ReminderPlan.objects.create(partnership=world.partnership, day_text_de="Bringen Sie mit:\nIhren Ausweis")
    assert_both_say(build_message(mail_of(world, "booking_reminder")), "Bringen Sie mit: Ihren Ausweis")


def test_the_desk_reads_what_is_at_stake_and_not_who_is_away(world: World) -> None:
    _away(world)
    mail = OutgoingMail.objects.get(kind="officer_missing", to_email=world.bert.email)
    message = build_message(mail)
    when = long_period(world.hours.starts_at, world.hours.ends_at)
    assert_both_say(message, when, "IHK-Regionalbüro Grimma, 1 gebuchter Termin")
    assert str(world.paula) not in " ".join(words_of(message))
    assert f"/arbeitsplatz/sprechtage/{world.hours.pk}/ohne-beamtin/" in message.body


@pytest.mark.parametrize("kind", sorted(ACTS))
def test_what_is_confided_is_in_no_mail(world: World, kind: str) -> None:
    mail = mail_of(world, kind)
    whole = build_message(mail).message().as_string() + str(mail.content) + str(mail.calendar)
    readable = " ".join([whole, *words_of(build_message(mail))])
    assert NOTE not in readable
    assert "Gebärdensprache" not in readable


@pytest.mark.parametrize("kind", sorted(ACTS))
def test_the_subject_is_a_line_and_no_tag_is_left_over(world: World, kind: str) -> None:
    message = build_message(mail_of(world, kind))
    assert 10 < len(message.subject) < 120
    for words in (message.subject, *words_of(message)):
        assert not re.search(r"[{}%]|None|&amp;", words)


@pytest.mark.parametrize("kind", sorted(ACTS))
def test_the_text_has_no_holes(world: World, kind: str) -> None:
    assert "\n\n\n" not in build_message(mail_of(world, kind)).body


@pytest.mark.parametrize("kind", TO_FIRMS)
def test_a_firm_can_read_it_in_english(world: World, kind: str) -> None:
    mail = mail_of(world, kind, "en")
    message = build_message(mail)
    appointment = Appointment.objects.get()
    assert_both_say(message, appointment.reference, "IHK-Regionalbüro Grimma, Raum 2.14")
    assert '<html lang="en">' in str(message.alternatives[0].content)
    text = f"{message.subject} {' '.join(words_of(message))}"
    assert not re.search(r"\b(Termin|Guten Tag|Uhr|abgesagt|bestätigen|Impressum)\b", text)


@pytest.mark.parametrize("kind", OPENING)
def test_an_english_link_leads_to_an_english_page(world: World, kind: str) -> None:
    mail = mail_of(world, kind, "en")
    link = mail.content.get("confirm_url") or mail.content["manage_url"]
    assert link.startswith(f"{settings.BASE_URL}/en/beratung/")
    assert len(token_in(mail)) == 43


def test_texts_are_true_at_the_moment_of_the_act_not_of_sending(world: World) -> None:
    mail = mail_of(world, "booking_confirmed")
    world.office.name = "Neues Haus"
    world.office.save()
    assert "IHK-Regionalbüro Grimma" in build_message(mail).body
    assert mail.queued_at <= timezone.now()
