"""The pages of a request for a visit: asking, the firm's by link and signed in, the desk's; and for whom."""

import datetime

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from consultations.models import Appointment, VisitRequest
from partnership.models import Area, OutgoingMail, Site
from tests import factories
from tests.consultations.visit_steps import (
    DETAILS,
    NOTE,
    PLACE,
    VERA,
    ask,
    ask_on_pages,
    asked,
    entered,
    path_in,
)
from tests.personas import World, sign_in
from tests.visit_factories import make_visit, make_visit_request

ASK = "/beratung/vor-ort/"
ENTER = "/arbeitsplatz/besuche/aufnehmen/"
ENTERED = "/arbeitsplatz/besuche/aufgenommen/"
State = VisitRequest.State


def page(client: Client, path: str) -> str:
    return client.get(path).content.decode()


# asking


@pytest.mark.parametrize("start", ["/", "/beratung/"])
def test_there_is_a_way_to_a_visit(client: Client, world: World, start: str) -> None:
    assert f'href="{ASK}"' in page(client, start)


def test_from_the_form_to_a_place_in_line(client: Client, world: World) -> None:
    assert ask_on_pages(client) == f"{ASK}gesendet/"
    assert VERA in page(client, f"{ASK}gesendet/")
    path = path_in("visit_confirm", "confirm_url")
    client.get(path)
    assert VisitRequest.objects.get().state == State.UNCONFIRMED  # mail scanners open links
    place = client.post(path)["Location"]
    assert "Ihre Anfrage wartet, Platz 1 von 1" in page(client, place)
    assert "Ihre Anfrage ist schon bestätigt" in page(client, path)


def test_every_page_names_the_emergency_number(client: Client, world: World) -> None:
    client.post(ASK, PLACE)
    for path in (ASK, f"{ASK}angaben/"):
        assert 'href="tel:110"' in page(client, path)


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"postcode": "0466"}, "Geben Sie die fünf Ziffern"),
        ({"premises": ""}, "Wählen Sie, was am ehesten passt"),
        ({"reason": ""}, "Wählen Sie den Anlass"),
        ({"reason": "general", "happened_on": "2026-01-01"}, "oder lassen Sie den Tag leer"),
        ({"happened_on": "2126-01-01"}, "an dem eingebrochen wurde"),
    ],
)
def test_what_is_wrong_with_the_place_is_said_and_nothing_is_lost(
    client: Client, world: World, wrong: dict[str, str], sentence: str
) -> None:
    answer = client.post(ASK, PLACE | wrong).content.decode()
    assert sentence in answer
    assert "Hofweg 3" in answer
    assert "Hofweg 3" in page(client, ASK)


def test_what_is_wrong_with_the_details_loses_nothing(client: Client, world: World) -> None:
    client.post(ASK, PLACE)
    typed = DETAILS | {"contact_email": "vera", "weekdays": "2", "takes_freed_times": "on"}
    assert "Ergänzen Sie das @-Zeichen" in client.post(f"{ASK}angaben/", typed).content.decode()
    kept = page(client, f"{ASK}angaben/")
    assert NOTE in kept
    assert 'value="2"' in kept
    assert kept.count(" checked") == 4  # the day, any time of day, no chamber, at short notice


@pytest.mark.parametrize("step", ["angaben", "pruefen", "gesendet"])
def test_no_step_can_be_reached_before_its_time(client: Client, world: World, step: str) -> None:
    assert client.get(f"{ASK}{step}/")["Location"] == ASK


def test_the_check_shows_everything_and_leads_back_to_it(client: Client, world: World) -> None:
    client.post(ASK, PLACE)
    client.post(f"{ASK}angaben/", DETAILS | {"weekdays": ["0", "2"], "takes_freed_times": "on"})
    shown = page(client, f"{ASK}pruefen/")
    for words in ("Hofweg 3", "nach einem Einbruch", "Montag, Mittwoch", "Werkstatt", VERA):
        assert words in shown
    assert f"{ASK}#id_street" in shown


def test_a_double_click_is_one_request(client: Client, world: World) -> None:
    ask_on_pages(client)
    assert client.post(f"{ASK}pruefen/")["Location"] == f"{ASK}gesendet/"
    assert VisitRequest.objects.count() == 1


def test_a_third_one_is_refused_and_stays_typed(client: Client, world: World) -> None:
    for street in ("Weg 1", "Weg 2"):
        ask(world, street=street)
    client.post(ASK, PLACE)
    client.post(f"{ASK}angaben/", DETAILS)
    answer = client.post(f"{ASK}pruefen/")
    assert answer.status_code == 409
    assert "Hofweg 3" in answer.content.decode()


def test_outside_the_area_one_reads_who_is_responsible_and_may_ask(client: Client, world: World) -> None:
    leipzig = Area.objects.create(
        ags="14713000", name="Leipzig", latitude=51, longitude=12, valid_from=timezone.localdate()
    )
    world.partnership.areas.add(leipzig)
    client.post(ASK, PLACE)
    assert "Grimma liegt nicht im Gebiet" in page(client, f"{ASK}angaben/")
    assert ask_on_pages(client) == f"{ASK}gesendet/"


def test_without_police_the_page_says_whom_to_call(client: Client, world: World) -> None:
    world.partnership.members.remove(world.police)
    assert "Online lässt sich hier noch kein Besuch anfragen" in page(client, ASK)


def test_who_is_signed_in_finds_the_own_data_and_needs_no_mail(client: Client, world: World) -> None:
    firm = factories.make_firm(world.alice, name="Tischlerei Alice", chamber=world.ihk)
    Site.objects.create(firm=firm, street="Ring 1", postcode="04103", city="Leipzig")
    yard = Site.objects.create(firm=firm, name="Lager", street="Ring 2", postcode="04808", city="Wurzen")
    sign_in(client, world.alice)
    assert "Ring 1" in page(client, ASK)
    assert "Ring 2" in page(client, f"{ASK}?standort={yard.pk}")
    client.post(ASK, PLACE)
    assert "Tischlerei Alice" in page(client, f"{ASK}angaben/")
    where = ask_on_pages(client, contact_email=world.alice.email).partition("?")[0]
    assert where == reverse("own_visits:visit_request", args=[VisitRequest.objects.get().reference])


def test_in_english(client: Client, world: World) -> None:
    assert "The police come to you" in page(client, "/en/beratung/vor-ort/")


# the firm's page


def test_the_page_tells_neither_firm_nor_what_was_confided(client: Client, world: World) -> None:
    asked(world)
    path = path_in("visit_waiting")
    for address in (path, f"{path}wuensche/", f"{path}zurueckziehen/", f"{path}nicht-kurzfristig/"):
        shown = page(client, address)
        for words in ("Schlosserei Vera", VERA, "Hofweg", NOTE):
            assert words not in shown


@pytest.mark.parametrize(
    "path", ["bestaetigen/x/", "anfrage/x/", "anfrage/x/wuensche/", "anfrage/x/zurueckziehen/"]
)
def test_an_unknown_link_gets_a_page_that_helps(client: Client, world: World, path: str) -> None:
    answer = client.get(ASK + path)
    assert answer.status_code == 404
    assert "Dieser Link öffnet keine Anfrage" in answer.content.decode()


def test_a_link_to_confirm_does_not_open_the_page(client: Client, world: World) -> None:
    ask(world)
    token = path_in("visit_confirm", "confirm_url").rstrip("/").rpartition("/")[2]
    assert client.get(f"{ASK}anfrage/{token}/").status_code == 404


def test_wishes_are_changed_by_link(client: Client, world: World) -> None:
    asked(world)
    path = path_in("visit_waiting")
    typed = {"gesehen": "1", "part_of_day": "morning", "weekdays": "0"}
    assert client.post(f"{path}wuensche/", typed)["Location"] == path
    assert "Montag; vormittags" in page(client, path)
    assert client.post(f"{path}wuensche/", typed).status_code == 409


def test_withdrawing_is_a_post(client: Client, world: World) -> None:
    asked(world)
    path = path_in("visit_waiting")
    client.get(f"{path}zurueckziehen/")
    assert VisitRequest.objects.get().state == State.OPEN
    client.post(f"{path}zurueckziehen/")
    assert "Sie haben die Anfrage zurückgezogen" in page(client, path)


def test_no_short_notice_is_one_post(client: Client, world: World) -> None:
    asked(world)
    path = f"{path_in('visit_waiting')}nicht-kurzfristig/"
    client.get(path)
    assert VisitRequest.objects.get().takes_freed_times
    assert client.post(path, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert not VisitRequest.objects.get().takes_freed_times


@pytest.mark.parametrize(
    ("state", "words"),
    [
        (State.OPEN, "Ihre Anfrage wartet, Platz 1 von 1"),
        (State.TAKEN, "Die Polizei bereitet Ihren Besuch vor"),
        (State.WITHDRAWN, "Sie haben die Anfrage zurückgezogen"),
        (State.ENDED, "Grund: Zu weit weg"),
        (State.EXPIRED, "Diese Anfrage ist verfallen"),
        (State.UNCONFIRMED, "Bestätigen Sie Ihre Anfrage"),
    ],
)
def test_the_page_says_how_it_stands(client: Client, world: World, state: str, words: str) -> None:
    request = make_visit_request(
        police=world.police,
        state=state,
        person=world.alice,
        officer=world.paula if state == State.TAKEN else None,
        end_reason="Zu weit weg" if state == State.ENDED else "",
    )
    shown = page(sign_in(client, world.alice), reverse("own_visits:visit_request", args=[request.reference]))
    assert words in shown
    assert "Paula" not in shown  # officers' names are not public


@pytest.mark.parametrize(
    ("state", "words"),
    [
        (Appointment.State.PROPOSED, "Wir haben Zeiten für Sie"),
        (Appointment.State.CONFIRMED, "Ihr Besuch ist vereinbart"),
    ],
)
def test_the_page_says_that_times_are_offered_or_stand(
    client: Client, world: World, state: str, words: str
) -> None:
    request = make_visit_request(police=world.police, person=world.alice)
    make_visit(request=request, officer=world.pia, state=state)
    path = reverse("own_visits:visit_request", args=[request.reference])
    assert words in page(sign_in(client, world.alice), path)


# the account


def test_the_account_shows_the_own_requests_and_those_for_the_own_address(
    client: Client, world: World
) -> None:
    factories.make_firm(world.alice)
    own = make_visit_request(police=world.police, person=world.alice)
    on_phone = entered(world, contact_email=world.alice.email)
    other = make_visit_request(police=world.police)
    account = page(sign_in(client, world.alice), "/konto/")
    assert own.reference in account
    assert on_phone.reference in account
    assert other.reference not in account
    client.post(reverse("own_visits:visit_claim", args=[on_phone.reference]))
    on_phone.refresh_from_db()
    assert on_phone.person == world.alice


PAGES = ["visit_request", "visit_wishes", "visit_withdraw"]


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("who", ["alice", "carl", "bert", "paula", "lea", "karl"])
def test_own_pages_are_the_persons(client: Client, world: World, name: str, who: str) -> None:
    request = make_visit_request(police=world.police, person=world.alice)
    path = reverse(f"own_visits:{name}", args=[request.reference])
    status = sign_in(client, getattr(world, who)).get(path).status_code
    assert status == (200 if who == "alice" else 404)


@pytest.mark.parametrize("name", [*PAGES, "visit_claim"])
def test_strangers_sign_in_first(client: Client, world: World, name: str) -> None:
    request = make_visit_request(police=world.police, person=world.alice)
    path = reverse(f"own_visits:{name}", args=[request.reference])
    assert "/konto/anmelden/" in client.post(path)["Location"]


# the desk


@pytest.mark.parametrize("path", [ENTER, ENTERED])
@pytest.mark.parametrize("who", ["bert", "hanna", "paula", "lea", "karl", "carl", "alice"])
def test_entering_is_the_desks(client: Client, world: World, path: str, who: str) -> None:
    status = sign_in(client, getattr(world, who)).get(path).status_code
    assert status == (200 if who in ("bert", "hanna") else 403)


@pytest.mark.parametrize("path", [ENTER, ENTERED])
def test_desks_sign_in_first(client: Client, world: World, path: str) -> None:
    assert "/konto/anmelden/" in client.get(path)["Location"]


def test_the_desk_enters_a_caller_and_never_reads_the_matter_back(client: Client, world: World) -> None:
    typed = PLACE | DETAILS | {"contact_email": "", "contact_phone": "0341 1234567"}
    answer = sign_in(client, world.bert).post(ENTER, typed, follow=True).content.decode()
    assert "Schlosserei Vera" in answer
    assert "weitergegeben" in answer
    for confided in (NOTE, "Einbruch", "Hofweg"):
        assert confided not in answer
    assert VisitRequest.objects.get().entered_for == world.ihk


def test_somebody_has_to_be_reachable(client: Client, world: World) -> None:
    answer = sign_in(client, world.bert).post(ENTER, PLACE | DETAILS | {"contact_email": ""})
    assert "Fragen Sie nach einer Telefonnummer" in answer.content.decode()


def test_the_firm_that_calls_is_filled_in(client: Client, world: World) -> None:
    firm = factories.make_listed_firm(world.ihk, name="Hofladen Süß")
    Site.objects.create(firm=firm, street="Markt 9", postcode="04668", city="Grimma")
    shown = page(sign_in(client, world.bert), f"{ENTER}?firma={firm.pk}")
    assert "Markt 9" in shown
    assert "Hofladen Süß" in shown


@pytest.mark.parametrize(
    ("state", "words"),
    [
        (State.TAKEN, "weitergegeben"),
        (State.VISITED, "besucht"),
        (State.ENDED, "beendet"),
        (State.WITHDRAWN, "beendet"),
    ],
)
def test_of_what_it_entered_the_desk_learns_only_whether_there_was_a_visit(
    client: Client, world: World, state: str, words: str
) -> None:
    officer = world.paula if state == State.TAKEN else None
    make_visit_request(
        police=world.police, state=state, officer=officer, entered_for=world.ihk, firm_name="Eigene"
    )
    make_visit_request(police=world.police, entered_for=world.hwk, firm_name="Fremde")
    shown = page(sign_in(client, world.bert), ENTERED)
    assert "Eigene" in shown
    assert words in shown
    assert "Fremde" not in shown


def test_a_call_leads_to_a_request(client: Client, world: World) -> None:
    assert ENTER in page(sign_in(client, world.bert), "/arbeitsplatz/termine/neu/")


# mails that do not arrive, replies


def test_the_reminder_is_for_requests_that_still_wait(world: World) -> None:
    from consultations.still_true import CHECKS

    ask(world)
    mail = OutgoingMail.objects.get()
    assert CHECKS["visit_confirm"](mail)
    VisitRequest.objects.update(confirm_by=timezone.now() - datetime.timedelta(minutes=1))
    assert not CHECKS["visit_confirm"](mail)
