"""Two questions after a talk: who is asked, what is kept of the answer, and what is shown of it."""

import datetime
import io
from typing import Any

import openpyxl
import pytest
from django.core.mail import EmailMessage
from django.db import IntegrityError
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import Settings

from consultations.models import (
    Appointment,
    Ease,
    Helped,
    OfficeHours,
    SatisfactionAnswer,
    SatisfactionInvitation,
)
from consultations.numbers.counting import quarter_of
from consultations.satisfaction import ask_due, last_day_to_answer, take_answer
from partnership.models import LogEntry, Organisation, OutgoingMail, Partnership, SecretLink
from partnership.outbox import deliver_mail
from partnership.times import at_wall_time
from tests import factories
from tests.personas import World, sign_in

State = Appointment.State
A_DAY = datetime.timedelta(days=1)
NUMBERS = "/arbeitsplatz/zahlen/"


@pytest.fixture
def talk(world: World) -> Appointment:
    return factories.make_appointment(hours=world.hours, state=State.ATTENDED)


def next_morning(world: World, days: int = 1, clock: datetime.time = datetime.time(10)) -> datetime.datetime:
    return at_wall_time(world.hours.day + days * A_DAY, clock)


def asked(world: World, days: int = 1, **moment: Any) -> list[str]:
    """Who gets the mail in a scan so many days after the talk."""
    before = set(OutgoingMail.objects.values_list("pk", flat=True))
    ask_due(now=next_morning(world, days, **moment))
    mails = OutgoingMail.objects.filter(kind="satisfaction_asked").exclude(pk__in=before)
    return sorted(mails.values_list("to_email", flat=True))


def token_for(world: World) -> str:
    ask_due(now=next_morning(world))
    url = OutgoingMail.objects.filter(kind="satisfaction_asked").latest("pk").content["feedback_url"]
    return str(url.rstrip("/").rpartition("/")[2])


def make_answers(
    world: World, *marks: int, quarter: datetime.date, police: Organisation | None = None
) -> None:
    for mark in marks:
        SatisfactionAnswer.objects.create(
            partnership=world.partnership,
            host=world.ihk,
            police=police or world.police,
            quarter=quarter,
            helped=mark,
            ease=6 - mark,
        )


def last_quarter() -> datetime.date:
    return quarter_of(quarter_of(timezone.localdate()) - A_DAY)


# who is asked


def test_the_day_after_and_once(world: World, talk: Appointment) -> None:
    assert asked(world, 0, clock=datetime.time(20)) == []
    assert asked(world) == [talk.contact_email]
    assert asked(world) == asked(world, 2) == []


def test_not_in_the_night(world: World, talk: Appointment) -> None:
    assert asked(world, clock=datetime.time(8, 59)) == []
    assert asked(world, clock=datetime.time(9)) == [talk.contact_email]


def test_an_outcome_that_is_noted_late_is_asked_about_within_two_weeks(
    world: World, talk: Appointment
) -> None:
    assert asked(world, 15) == []
    assert asked(world, 14) == [talk.contact_email]


@pytest.mark.parametrize("state", [s for s in State if s not in (State.ATTENDED, State.HELD)])
def test_only_about_talks_that_took_place(world: World, state: str) -> None:
    factories.make_appointment(hours=world.hours, state=state)
    assert asked(world) == []


def test_nobody_without_an_address_and_nobody_who_was_erased(world: World, talk: Appointment) -> None:
    Appointment.objects.update(contact_email="")
    assert asked(world) == []


def test_a_partnership_that_does_not_want_to_know_does_not_ask(world: World, talk: Appointment) -> None:
    Partnership.objects.update(asks_satisfaction=False)
    assert asked(world) == []


def test_the_coordination_switches_it(world: World, client: Client) -> None:
    page = reverse("administration:partnership", args=[world.partnership.pk])
    assert 'name="asks_satisfaction"' in sign_in(client, world.karl).get(page).content.decode()


# what is kept


def test_an_answer_keeps_two_marks_the_unit_and_the_quarter(world: World, talk: Appointment) -> None:
    take_answer(token=token_for(world), helped=Helped.VERY, ease=Ease.HARD)
    answer = SatisfactionAnswer.objects.values().get()
    assert answer.pop("id").version == 4
    assert answer == {
        "partnership_id": world.partnership.pk,
        "host_id": world.ihk.pk,
        "police_id": world.police.pk,
        "quarter": quarter_of(timezone.localdate()),
        "helped": 5,
        "ease": 2,
    }


def test_nothing_says_whose_link_was_used(world: World) -> None:
    """Neither a link that is missing nor an entry in the log, nor the row of the appointment."""
    for index in range(3):
        factories.make_appointment(hours=world.hours, index=index, state=State.ATTENDED)
    token = token_for(world)
    rows = [list(Appointment.objects.order_by("pk").values()), list(OutgoingMail.objects.values())]
    log, links = LogEntry.objects.count(), SecretLink.objects.count()
    take_answer(token=token, helped=Helped.NOT, ease=Ease.EASY)
    assert [list(Appointment.objects.order_by("pk").values()), list(OutgoingMail.objects.values())] == rows
    assert (LogEntry.objects.count(), SecretLink.objects.count()) == (log, links) == (log, 0)
    names = {field.name for field in SatisfactionInvitation._meta.get_fields()}
    assert names == {"token_hash", "partnership", "host", "police", "expires_on"}


def test_invitations_lie_in_the_order_of_their_hashes(world: World) -> None:
    for index in range(4):
        factories.make_appointment(hours=world.hours, index=index, state=State.ATTENDED)
    ask_due(now=next_morning(world))
    rows = SatisfactionInvitation.objects.raw(
        "SELECT * FROM consultations_satisfactioninvitation ORDER BY ctid"
    )
    hashes = [row.token_hash for row in rows]
    assert hashes == sorted(hashes)


def test_the_mail_forgets_the_link_when_it_is_sent(
    world: World, talk: Appointment, mailoutbox: list[EmailMessage]
) -> None:
    token = token_for(world)
    deliver_mail(OutgoingMail.objects.get().pk)
    assert token in mailoutbox[0].body
    assert token not in str(OutgoingMail.objects.values().get())


def test_the_link_serves_once_and_opening_it_answers_nothing(
    client: Client, world: World, talk: Appointment
) -> None:
    page = f"/beratung/rueckmeldung/{token_for(world)}/"
    assert client.get(page).status_code == 200
    assert not SatisfactionAnswer.objects.exists()
    given = {"helped": "4", "ease": "5"}
    assert client.post(page, given)["Location"] == "/beratung/rueckmeldung/danke/"
    assert client.post(page, given).status_code == 404
    assert client.get(page).status_code == 404
    assert SatisfactionAnswer.objects.count() == 1


def test_a_question_without_an_answer_is_asked_again(client: Client, world: World, talk: Appointment) -> None:
    page = f"/beratung/rueckmeldung/{token_for(world)}/"
    response = client.post(page, {"helped": "4", "ease": "9"})
    assert "Wählen Sie eine Antwort." in response.content.decode()
    assert not SatisfactionAnswer.objects.exists()


def test_the_page_goes_to_no_cache_and_no_other_site(client: Client, world: World, talk: Appointment) -> None:
    response = client.get(f"/beratung/rueckmeldung/{token_for(world)}/")
    assert "no-store" in response["Cache-Control"]
    assert (response["Referrer-Policy"], response["X-Robots-Tag"]) == ("no-referrer", "noindex, nofollow")


def test_the_page_names_neither_firm_nor_time_nor_house(
    client: Client, world: World, talk: Appointment
) -> None:
    html = client.get(f"/beratung/rueckmeldung/{token_for(world)}/").content.decode()
    for mark in (talk.firm_name, talk.contact_name, talk.reference, "Grimma", str(world.hours.day.year)):
        assert mark not in html


def test_guessing_is_limited(client: Client, world: World, settings: Settings) -> None:
    settings.LIMITS = settings.LIMITS | {"link": (1, 1, 600)}
    assert [client.get("/beratung/rueckmeldung/x/").status_code for _try in range(2)] == [404, 429]


def test_links_of_a_month_end_together() -> None:
    first, last = (last_day_to_answer(datetime.date(2026, 12, day)) for day in (1, 31))
    assert first == last == datetime.date(2027, 1, 31)


def test_an_invitation_that_has_ended_goes(client: Client, world: World, talk: Appointment) -> None:
    page = f"/beratung/rueckmeldung/{token_for(world)}/"
    SatisfactionInvitation.objects.update(expires_on=timezone.localdate() - A_DAY)
    assert client.get(page).status_code == 404
    ask_due(now=timezone.now())
    assert not SatisfactionInvitation.objects.exists()


@pytest.mark.parametrize(("field", "value"), [("helped", 6), ("ease", 0), ("quarter", "2026-02-01")])
def test_the_database_takes_no_other_marks_and_no_other_day(world: World, field: str, value: object) -> None:
    make_answers(world, 3, quarter=last_quarter())
    with pytest.raises(IntegrityError):
        SatisfactionAnswer.objects.update(**{field: value})


# what is shown


def shown_to(client: Client, world: World, who: str) -> str:
    """The rows of the first question, without tags."""
    start = f"{last_quarter():%Y-%m}"
    html = sign_in(client, getattr(world, who)).get(f"{NUMBERS}?von={start}").content.decode()
    return " ".join(html.partition('id="rueckmeldungen"')[2].partition("</table>")[0].split())


@pytest.fixture
def past(world: World) -> OfficeHours:
    """Without office hours in the quarter there is nothing to choose on the page."""
    return factories.make_hours(
        office=world.office, police=world.police, officers=[world.pia], day=last_quarter() + A_DAY
    )


def test_shares_from_five_answers_on(client: Client, world: World, past: OfficeHours) -> None:
    make_answers(world, 5, 5, 5, 4, quarter=last_quarter())
    assert "&lt; 5" in shown_to(client, world, "bert")
    assert "%" not in shown_to(client, world, "bert")
    make_answers(world, 1, quarter=last_quarter())
    html = shown_to(client, world, "bert")
    assert [html.count(f"{share} %") for share in (60, 20)] == [1, 2]


def test_a_quarter_that_is_not_over_is_not_shown(client: Client, world: World, past: OfficeHours) -> None:
    make_answers(world, 5, 5, 5, 5, 5, quarter=quarter_of(timezone.localdate()))
    assert "%" not in shown_to(client, world, "bert")


@pytest.mark.parametrize(("who", "sees"), [("bert", True), ("lea", True), ("karl", True), ("hanna", False)])
def test_desk_lead_and_coordination_read_it(
    client: Client, world: World, past: OfficeHours, who: str, sees: bool
) -> None:
    factories.make_hours(
        office=world.hwk_office, police=world.police, officers=[world.paula], day=last_quarter()
    )
    make_answers(world, 5, 5, 5, 4, 4, quarter=last_quarter())
    assert ("60 %" in shown_to(client, world, who)) is sees


def test_two_directorates_are_not_added_up(client: Client, world: World, past: OfficeHours) -> None:
    other = factories.make_police(
        world.partnership, name="Polizeidirektion Chemnitz", short_name="PD Chemnitz"
    )
    make_answers(world, 5, 5, 5, quarter=last_quarter())
    make_answers(world, 5, 5, 5, quarter=last_quarter(), police=other)
    html = shown_to(client, world, "bert")
    assert (html.count("&lt; 5"), "%" in html) == (2, False)


def test_the_workbook_has_them_too(client: Client, world: World, past: OfficeHours) -> None:
    make_answers(world, 5, 5, 5, 4, 1, quarter=last_quarter())
    file = sign_in(client, world.bert).get(f"{NUMBERS}zahlen.xlsx?von={last_quarter():%Y-%m}").content
    rows = list(openpyxl.load_workbook(io.BytesIO(file))["Rückmeldungen"].values)
    assert rows[1][2:] == ("IHK, PD Leipzig", 5, "sehr", 60)
    assert len(rows) == 11
