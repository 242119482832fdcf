"""The officers' list of requests for visits and the page of one: for whom, what is shown, what is done."""

import datetime
from typing import Any

import pytest
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from consultations.models import Absence, Appointment, VisitMatter, VisitRequest
from consultations.visits import rules
from consultations.visits.queries import requests_visible_to
from partnership.models import Area, Organisation, Person, Post
from partnership.rules import posts_of
from tests import factories
from tests.consultations.test_visibility import who
from tests.personas import World, sign_in
from tests.visit_factories import make_visit, make_visit_request

pytestmark = pytest.mark.django_db
State = VisitRequest.State
LIST = "/arbeitsplatz/besuche/"
NOTE = "Hinter dem Lager ist der Zaun offen"
FORMS = ["hand_over", "put_back", "end"]
A_MONTH = datetime.timedelta(days=30)


@pytest.fixture
def request_(world: World) -> VisitRequest:
    return make_visit_request(police=world.police, note=NOTE, reason=VisitMatter.Reason.BURGLARY)


@pytest.fixture
def taken(world: World) -> VisitRequest:
    return make_visit_request(police=world.police, state=State.TAKEN, officer=world.paula, note=NOTE)


@pytest.fixture
def elsewhere(world: World) -> Organisation:
    return factories.make_police(world.partnership, name="Polizeidirektion Chemnitz")


def url_of(request: VisitRequest, act: str = "") -> str:
    name = f"visit_request_{act}" if act else "visit_request"
    return reverse(f"appointments:{name}", args=[request.reference])


def page(client: Client, person: Person, url: str) -> str:
    answer = sign_in(client, person).get(url)
    assert answer.status_code == 200
    return answer.content.decode()


def area(name: str, ags: str, latitude: float, longitude: float) -> Area:
    valid_from = datetime.date(2018, 12, 31)
    return Area.objects.create(
        name=name, ags=ags, latitude=latitude, longitude=longitude, valid_from=valid_from
    )


# who


def test_requests_are_the_directorates(world: World, request_: VisitRequest) -> None:
    make_visit_request(police=world.police, state=State.UNCONFIRMED)
    seen = who(world, lambda posts, _person: request_ in requests_visible_to(posts))
    assert seen == ["paula", "pia", "lea"]
    assert list(requests_visible_to(posts_of(world.paula))) == [request_]


def test_whoever_has_it_and_the_lead_handle_it(world: World, taken: VisitRequest) -> None:
    assert who(world, lambda posts, p: rules.may_handle(posts, taken, p)) == ["paula", "lea"]
    assert who(world, lambda posts, _p: rules.may_give_away(posts, taken)) == ["lea"]


@pytest.mark.parametrize("name", ["bert", "hanna", "karl", "dora", "carl", "alice", "theo"])
@pytest.mark.parametrize("form", ["", *FORMS, "give_away"])
def test_nobody_else_opens_any_page(
    client: Client, world: World, taken: VisitRequest, name: str, form: str
) -> None:
    client = sign_in(client, getattr(world, name))
    assert client.get(LIST).status_code == 403
    assert client.get(url_of(taken, form)).status_code == 403


def test_strangers_sign_in_first(client: Client, taken: VisitRequest) -> None:
    for url in (LIST, url_of(taken), url_of(taken, "end")):
        assert "/konto/anmelden/" in client.get(url)["Location"]


def test_another_directorates_request_does_not_exist(
    client: Client, taken: VisitRequest, elsewhere: Organisation
) -> None:
    stranger = factories.make_person()
    factories.make_post(stranger, Post.Role.OFFICER, organisation=elsewhere)
    sign_in(client, stranger)
    assert client.get(url_of(taken)).status_code == 404
    assert client.post(url_of(taken, "take")).status_code == 404


@pytest.mark.parametrize("form", [*FORMS, "give_away"])
def test_a_colleague_does_not_act_for_somebody_else(
    client: Client, world: World, taken: VisitRequest, form: str
) -> None:
    assert sign_in(client, world.pia).get(url_of(taken, form)).status_code == 403
    assert client.post(url_of(taken, form), {"reason": "Nein"}).status_code == 403
    assert page(client, world.lea, url_of(taken, form))


# the list


def test_the_menu_counts_what_nobody_has(client: Client, world: World, request_: VisitRequest) -> None:
    menu = page(client, world.paula, "/arbeitsplatz/heute/")
    assert f'href="{LIST}"' in menu
    VisitRequest.objects.all().delete()
    assert f'href="{LIST}"' in page(client, world.paula, "/arbeitsplatz/heute/")
    assert f'href="{LIST}"' not in page(client, world.bert, "/arbeitsplatz/woche/")


def test_a_row_says_what_matters(client: Client, world: World, request_: VisitRequest) -> None:
    request_.weekdays, request_.takes_freed_times = [0], True
    request_.save()
    factories.make_office(world.police, name="Revier", city="Leipzig", latitude=51.34, longitude=12.38)
    shown = page(client, world.paula, LIST)
    for words in (
        *(request_.firm_name, "04668 Grimma", "34 km ab Leipzig", "Werkstatt", "nach einem Einbruch"),
        *("neu", "Montag; auch kurzfristig", "Übernehmen"),
    ):
        assert words in shown
    assert NOTE not in shown


def test_after_a_burglary_first_then_the_oldest(client: Client, world: World, taken: VisitRequest) -> None:
    second = make_visit_request(police=world.police, reason=VisitMatter.Reason.BURGLARY)
    third = make_visit_request(police=world.police)
    shown = page(client, world.paula, LIST)
    places = [shown.index(f"{LIST}{request.reference}/") for request in (second, taken, third)]
    assert places == sorted(places)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", {"free", "own", "hers", "offered"}),
        ("?wer=frei", {"free"}),
        ("?wer=meine", {"own", "offered"}),
        ("?wer=antwort", {"offered"}),
        ("?wer=abwesend", {"hers"}),
        ("?anlass=burglary", {"free"}),
        ("?alter=5", {"own"}),
        ("?gebiet=14729160", {"own"}),
        ("?gebiet=14729", {"own", "free"}),
        ("?gebiet=Unsinn&alter=x&wer=niemand&seite=-1", {"free", "own", "hers", "offered"}),
    ],
)
def test_filters(client: Client, world: World, query: str, expected: set[str]) -> None:
    now, grimma = timezone.now(), area("Grimma", "14729160", 51.24, 12.73)
    area("Landkreis Leipzig", "14729", 51.2, 12.6)
    police = world.police
    make_visit_request(
        police=police, firm_name="free", reason="burglary", area=area("Wurzen", "14729410", 51.37, 12.73)
    )
    mine: dict[str, Any] = {"state": State.TAKEN, "officer": world.pia}
    make_visit_request(police=police, firm_name="own", asked_since=now - A_MONTH, area=grimma, **mine)
    hers: dict[str, Any] = {"state": State.TAKEN, "officer": world.paula}
    make_visit_request(police=police, firm_name="hers", **hers)
    offered = make_visit_request(police=police, firm_name="offered")
    make_visit(request=offered, officer=world.pia, state=Appointment.State.PROPOSED)
    Absence.objects.create(
        officer=world.paula, police=police, kind="planned", period=DateTimeTZRange(now, now + A_MONTH)
    )
    shown = page(client, world.pia, LIST + query)
    assert {name for name in ("free", "own", "hers", "offered") if f">{name}</a>" in shown} == expected


def test_the_map_leads_to_a_place_and_says_how_many(client: Client, world: World) -> None:
    for name, ags, latitude in (("Grimma", "14729160", 51.24), ("Torgau", "14730310", 51.56)):
        make_visit_request(
            police=world.police, area=area(name, ags, latitude, 12.8), reason=VisitMatter.Reason.BURGLARY
        )
    shown = page(client, world.paula, f"{LIST}?wer=frei")
    assert 'href="?wer=frei&amp;gebiet=14729160"' in shown
    assert "Grimma: 1 Anfrage, davon nach einem Einbruch 1" in shown
    assert "Torgau" in page(client, world.paula, f"{LIST}?gebiet=14729160")


def test_the_lead_sees_what_waits_too_long_and_with_somebody_away(client: Client, world: World) -> None:
    now = timezone.now()
    make_visit_request(police=world.police, asked_since=now - A_MONTH, named_to_lead_at=now)
    make_visit_request(police=world.police, state=State.TAKEN, officer=world.paula)
    Absence.objects.create(
        officer=world.paula, police=world.police, kind="planned", period=DateTimeTZRange(now, now + A_MONTH)
    )
    shown = page(client, world.lea, LIST)
    assert "der Leitung genannt" in shown
    assert "abwesend bis" in shown
    assert "Bei länger Abwesenden" in shown
    assert "Bei länger Abwesenden" not in page(client, world.pia, LIST)


@pytest.mark.parametrize("count", [1, 30])
def test_the_list_takes_the_same_statements_for_one_and_for_thirty(
    client: Client, world: World, count: int, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(count):
        ags = f"14729{number:03d}"
        make_visit_request(
            police=world.police,
            state=State.TAKEN,
            officer=world.paula,
            area=area(f"Ort {number}", ags, 51 + number / 100, 12.7),
        )
    sign_in(client, world.paula)
    client.get(LIST)
    with django_assert_max_num_queries(18):
        client.get(LIST)


# the page of one


def test_police_read_what_the_firm_confides(client: Client, world: World, request_: VisitRequest) -> None:
    VisitMatter.objects.filter(request=request_).update(case_number="123/26", happened_on="2026-11-20")
    request_.on_site_name, request_.on_site_phone = "Anton Acker", "0151 000-1"
    request_.save()
    shown = page(client, world.paula, url_of(request_))
    for words in (
        *(NOTE, "123/26", "20. November 2026", "Ute Quendel", 'href="tel:03410005000"', "Anton Acker"),
        'href="geo:51.2386,12.7253?q=Schlossweg+1%2C+04668+Grimma"',
    ):
        assert words in shown


def test_an_emptied_one_shows_that_it_was(client: Client, world: World) -> None:
    gone = make_visit_request(police=world.police, state=State.ENDED, firm_name="")
    gone.matter.delete()
    empty = ("contact_name", "contact_email", "contact_phone", "street")
    VisitRequest.objects.update(emptied_at=timezone.now(), **dict.fromkeys(empty, ""))
    assert "gelöscht" in page(client, world.paula, url_of(gone))


def test_take_it_from_the_list(client: Client, world: World, request_: VisitRequest) -> None:
    sign_in(client, world.paula)
    assert client.get(url_of(request_, "take")).status_code == 405
    assert client.post(url_of(request_, "take"))["Location"].startswith(url_of(request_))
    assert "übernommen: von Ihnen" in client.get(url_of(request_)).content.decode()


def test_who_is_too_late_reads_it(client: Client, world: World, taken: VisitRequest) -> None:
    answer = sign_in(client, world.pia).post(url_of(taken, "take"))
    assert answer.status_code == 409
    assert "Paula Beispiel war schneller" in answer.content.decode()


def test_hand_it_over_to_somebody_who_is_away(client: Client, world: World, taken: VisitRequest) -> None:
    now = timezone.now()
    Absence.objects.create(
        officer=world.pia, police=world.police, kind="planned", period=DateTimeTZRange(now, now + A_MONTH)
    )
    assert "Pia Beispiel, abwesend bis" in page(client, world.paula, url_of(taken, "hand_over"))
    given = {"to": world.pia.pk, "reason": "Kennt den Hof", "gesehen": world.paula.pk}
    answer = client.post(url_of(taken, "hand_over"), given, follow=True)
    assert "Bitte beachten: abwesend bis" in answer.content.decode()
    assert "Kennt den Hof" in page(client, world.pia, url_of(taken))


def test_put_it_back(client: Client, world: World, taken: VisitRequest) -> None:
    sign_in(client, world.paula)
    assert "Nennen Sie den Grund" in client.post(url_of(taken, "put_back")).content.decode()
    client.post(url_of(taken, "put_back"), {"reason": "Zu weit", "gesehen": world.paula.pk})
    taken.refresh_from_db()
    assert taken.state == State.OPEN


def test_an_old_page_says_whose_it_is_by_now(client: Client, world: World, taken: VisitRequest) -> None:
    VisitRequest.objects.update(officer=world.pia)
    given = {"reason": "Zu weit", "gesehen": world.paula.pk}
    answer = sign_in(client, world.paula).post(url_of(taken, "put_back"), given)
    assert answer.status_code == 409
    assert "Inzwischen hat Pia Beispiel diese Anfrage" in answer.content.decode()


@pytest.mark.parametrize(("email", "sentence"), [("x@firma.example", "E-Mail"), ("", "Bitte rufen Sie")])
def test_end_it_without_a_visit(
    client: Client, world: World, taken: VisitRequest, email: str, sentence: str
) -> None:
    VisitRequest.objects.update(contact_email=email)
    assert sentence in page(client, world.paula, url_of(taken, "end"))
    given = {"reason": "Kein Betrieb", "gesehen": world.paula.pk}
    answer = client.post(url_of(taken, "end"), given, follow=True)
    assert "Die Anfrage ist beendet" in answer.content.decode()


def test_the_lead_gives_it_to_another_directorate(
    client: Client, world: World, request_: VisitRequest, elsewhere: Organisation
) -> None:
    assert "An andere Dienststelle" in page(client, world.lea, url_of(request_))
    given = {"police": elsewhere.pk, "reason": "Nicht unser Bereich", "gesehen": ""}
    answer = client.post(url_of(request_, "give_away"), given)
    assert answer["Location"].startswith(LIST)
    request_.refresh_from_db()
    assert request_.police == elsewhere


def test_a_planned_one_offers_no_way_around_its_visit(
    client: Client, world: World, request_: VisitRequest
) -> None:
    make_visit(request=request_, officer=world.pia)
    shown = page(client, world.pia, url_of(request_))
    assert "Zurücklegen" not in shown
    assert "Termin steht" in shown
    given = {"reason": "Zu weit", "gesehen": world.pia.pk}
    assert "Verschieben Sie ihn" in client.post(url_of(request_, "put_back"), given).content.decode()


def test_earlier_visits_of_the_firm_are_named(client: Client, world: World, taken: VisitRequest) -> None:
    firm = factories.make_firm(world.alice)
    VisitRequest.objects.update(firm=firm)
    before = make_visit_request(police=world.police, firm=firm)
    make_visit(request=before, officer=world.pia, state=Appointment.State.ATTENDED)
    assert "Andere Besuche bei dieser Firma" in page(client, world.paula, url_of(taken))
