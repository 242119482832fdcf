"""The page on which an officer notes how a talk went."""

import contextlib
import datetime

import pytest
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.test import Client
from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from consultations.models import Appointment, Concern
from consultations.workplace_urls import urlpatterns
from partnership.models import LogEntry, Post
from tests import factories
from tests.personas import NOT_IN_FORCE, World, redate_posts, sign_in
from tests.redirects import address_without_notice

State = Appointment.State
MARK = "Die Hintertür schließt nicht"
ONE_DAY = datetime.timedelta(days=1)
GIVEN = {"outcome": "attended", "next_step": "material", "officer_note": "Riegel besprochen"}


def make_talk(world: World, *, minutes_ago: int = 5, **fields: object) -> Appointment:
    start = timezone.now() - datetime.timedelta(minutes=minutes_ago)
    period = DateTimeTZRange(start, start + datetime.timedelta(minutes=45))
    return factories.make_appointment(hours=world.hours, period=period, **fields)  # type: ignore[arg-type]


def url(appointment: Appointment) -> str:
    return f"/arbeitsplatz/termine/{appointment.reference}/ergebnis/"


@pytest.fixture
def talk(world: World) -> Appointment:
    return make_talk(world, note=MARK)


def test_an_officer_notes_how_it_went_and_is_back_at_that_day(
    client: Client, world: World, talk: Appointment
) -> None:
    response = sign_in(client, world.paula).post(url(talk), GIVEN, follow=True)
    talk.refresh_from_db()
    assert (talk.state, talk.concern.next_step) == (State.ATTENDED, "material")
    assert response.redirect_chain[0][0].startswith("/arbeitsplatz/heute/")
    assert "Ergebnis gespeichert: Tischlerei Muster." in response.content.decode()


def test_back_to_the_day_of_the_talk(client: Client, world: World) -> None:
    talk = make_talk(world, minutes_ago=3 * 24 * 60)
    response = sign_in(client, world.paula).post(url(talk), GIVEN)
    day = timezone.localdate(talk.starts_at)
    assert address_without_notice(response) == f"/arbeitsplatz/heute/?tag={day}"


def test_the_page_shows_what_the_firm_confided_and_who_reads_the_note(
    client: Client, world: World, talk: Appointment
) -> None:
    html = sign_in(client, world.paula).get(url(talk)).content.decode()
    assert MARK in html
    assert "Das liest nur die Polizei, weder die Kammer noch die Firma." in html


def test_a_correction_starts_from_what_was_noted_and_is_logged(
    client: Client, world: World, talk: Appointment
) -> None:
    sign_in(client, world.paula).post(url(talk), GIVEN)
    page = client.get(url(talk))
    html = page.content.decode()
    assert "Riegel besprochen" in html
    assert '<option value="material" selected>' in html
    seen = {"gesehen": page.context["seen"]}
    client.post(url(talk), GIVEN | seen | {"outcome": "missed", "officer_note": "Verwechselt"})
    talk.refresh_from_db()
    assert (talk.state, talk.concern.officer_note) == (State.MISSED, "Verwechselt")
    acts = list(LogEntry.objects.values_list("act", "actor", "organisation"))
    assert acts == [
        ("appointment.attended", world.paula.pk, world.police.pk),
        ("appointment.missed", world.paula.pk, world.police.pk),
    ]


def test_a_colleague_who_was_quicker_is_read_before_anything_is_written_over(
    client: Client, world: World, talk: Appointment
) -> None:
    sign_in(client, world.paula).post(url(talk), GIVEN)
    own = {"outcome": "missed", "officer_note": "Niemand da"}
    response = sign_in(client, world.pia).post(url(talk), own)
    html = response.content.decode()
    assert response.status_code == 409
    assert "wahrgenommen; Unterlagen zusenden; „Riegel besprochen“" in html
    assert "Niemand da" in html
    client.post(url(talk), own | {"gesehen": response.context["seen"]})
    assert Concern.objects.get(appointment=talk).officer_note == "Niemand da"


def test_before_the_talk_the_page_says_so_instead_of_asking(client: Client, world: World) -> None:
    html = sign_in(client, world.paula).get(url(make_talk(world, minutes_ago=-60))).content.decode()
    assert "Das Gespräch hat noch nicht begonnen" in html
    assert "Ergebnis speichern" not in html


def test_before_the_talk_an_outcome_is_refused_and_nothing_typed_is_lost(
    client: Client, world: World
) -> None:
    talk = make_talk(world, minutes_ago=-60)
    response = sign_in(client, world.paula).post(url(talk), GIVEN)
    html = response.content.decode()
    assert response.status_code == 409
    assert "Das Gespräch hat noch nicht begonnen. Tragen Sie das Ergebnis danach ein." in html
    assert "Riegel besprochen" in html
    talk.refresh_from_db()
    assert (talk.state, talk.concern.officer_note) == (State.CONFIRMED, "")


def test_a_cancelled_talk_has_no_outcome(client: Client, world: World) -> None:
    talk = make_talk(world, state=State.CANCELLED)
    assert (
        "Zu diesem Termin gibt es kein Ergebnis"
        in sign_in(client, world.paula).get(url(talk)).content.decode()
    )
    assert client.post(url(talk), GIVEN).status_code == 409


def test_without_an_answer_the_page_asks_again_and_keeps_the_note(
    client: Client, world: World, talk: Appointment
) -> None:
    response = sign_in(client, world.paula).post(url(talk), {"officer_note": "Riegel besprochen"})
    html = response.content.decode()
    assert "Wählen Sie, ob das Gespräch stattgefunden hat." in html
    assert "Riegel besprochen" in html
    talk.refresh_from_db()
    assert talk.state == State.CONFIRMED


@pytest.mark.parametrize(
    ("name", "status"),
    [
        *(("paula", 200), ("pia", 200), ("lea", 200), ("bert", 403), ("hanna", 404)),
        *(("karl", 404), ("dora", 404), ("carl", 404), ("alice", 404)),
    ],
)
def test_the_page_is_the_directorates(
    client: Client, world: World, talk: Appointment, name: str, status: int
) -> None:
    response = sign_in(client, getattr(world, name)).get(url(talk))
    assert response.status_code == status
    assert (MARK in response.content.decode()) == (status == 200)


@pytest.mark.parametrize("name", ["bert", "hanna", "karl", "dora", "carl"])
def test_nobody_else_notes_anything(client: Client, world: World, talk: Appointment, name: str) -> None:
    response = sign_in(client, getattr(world, name)).post(url(talk), GIVEN)
    assert response.status_code in (403, 404)
    assert Concern.objects.get(appointment=talk).officer_note == ""


def test_another_directorate_does_not_find_it(client: Client, world: World, talk: Appointment) -> None:
    stranger = factories.make_person()
    factories.make_post(stranger, Post.Role.OFFICER, organisation=factories.make_police(world.partnership))
    assert sign_in(client, stranger).get(url(talk)).status_code == 404
    assert client.post(url(talk), GIVEN).status_code == 404


@pytest.mark.parametrize("name", ["bert", "hanna", "karl", "dora"])
def test_no_other_page_shows_what_is_confided_or_noted(
    client: Client, world: World, talk: Appointment, name: str
) -> None:
    sign_in(client, world.paula).post(url(talk), GIVEN)
    sign_in(client, getattr(world, name))
    addresses = ["/arbeitsplatz/partner/", "/arbeitsplatz/protokoll/"]
    for pattern in urlpatterns:
        for arguments in ([], [talk.reference], [world.hours.pk]):
            with contextlib.suppress(NoReverseMatch):
                addresses.append(reverse(f"appointments:{pattern.name}", args=arguments))
    for address in addresses:
        html = client.get(address).content.decode(errors="replace")
        assert MARK not in html, address
        assert GIVEN["officer_note"] not in html, address


def test_strangers_sign_in_first(client: Client, talk: Appointment) -> None:
    response = client.post(url(talk), GIVEN)
    assert response["Location"] == f"/konto/anmelden/?next={url(talk)}"


@pytest.mark.parametrize("days", NOT_IN_FORCE)
def test_a_post_that_is_not_in_force_opens_nothing(
    client: Client, world: World, talk: Appointment, days: dict[str, int]
) -> None:
    redate_posts(world.paula, days)
    assert sign_in(client, world.paula).get(url(talk)).status_code == 404


def test_a_hold_is_no_talk(client: Client, world: World) -> None:
    held = make_talk(world, state=State.HELD)
    assert sign_in(client, world.paula).get(url(held)).status_code == 404
