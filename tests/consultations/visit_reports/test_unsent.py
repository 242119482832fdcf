"""What was typed into a log and not saved comes back, to the same person, on the same page."""

from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client

from consultations.models import VisitReport
from partnership.views import unsent
from tests.consultations.visit_log_steps import begun, item_of, note_down
from tests.consultations.visit_reports.test_log_pages import entry, url
from tests.personas import World, sign_in
from tests.redirects import address_without_notice

pytestmark = pytest.mark.django_db
TYPED = "Die Luke hat kein Schloss"
NOTICE = "zuletzt eingegeben und noch nicht gespeichert"


@pytest.fixture
def report(world: World) -> VisitReport:
    return begun(world)


@pytest.fixture
def page(report: VisitReport) -> str:
    return url(report, "_item", item_of(report, "T2").pk)


def form_of(client: Client, page: str, **fields: str) -> dict[str, str]:
    """As the page sends it, with what is typed."""
    mark = client.get(page).context["mark"]
    return entry("missing", note=TYPED) | {"wer": mark} | fields


def shown(client: Client, page: str) -> str:
    return client.get(page).content.decode()


def after_the_session(client: Client, page: str, **fields: str) -> Any:
    """The form is sent when nobody is signed in any more."""
    form = form_of(client, page, **fields)
    client.cookies.clear()
    return client.post(page, form)


def test_it_comes_back_after_signing_in(client: Client, world: World, report: VisitReport, page: str) -> None:
    sign_in(client, world.paula)
    answer = after_the_session(client, page)
    assert answer["Location"] == f"/konto/anmelden/?next={page.replace('/', '%2F')}"
    html = shown(sign_in(client, world.paula), page)
    assert (TYPED in html, NOTICE in html) == (True, True)
    assert not report.findings.exists()


def test_whoever_sends_a_part_of_the_page_is_led_to_sign_in(client: Client, world: World, page: str) -> None:
    form = form_of(sign_in(client, world.paula), page)
    client.cookies.clear()
    answer = client.post(page, form, headers={"HX-Request": "true"})
    assert answer["HX-Redirect"].startswith("/konto/anmelden/?next=")


def test_somebody_else_on_the_same_device_sees_nothing(client: Client, world: World, page: str) -> None:
    sign_in(client, world.paula)
    after_the_session(client, page)
    assert TYPED not in shown(sign_in(client, world.pia), page)


@pytest.mark.parametrize("wrong", ["", "gefälscht"])
def test_without_a_mark_of_ours_nothing_is_kept(client: Client, world: World, page: str, wrong: str) -> None:
    sign_in(client, world.paula)
    after_the_session(client, page, wer=wrong)
    assert TYPED not in shown(sign_in(client, world.paula), page)


def test_a_mark_holds_for_its_page_only(client: Client, world: World, report: VisitReport, page: str) -> None:
    other = url(report, "_item", item_of(report, "T1").pk)
    mark = sign_in(client, world.paula).get(other).context["mark"]
    after_the_session(client, page, wer=mark)
    assert TYPED not in shown(sign_in(client, world.paula), page)


def test_what_is_far_too_long_is_not_kept(client: Client, world: World, page: str) -> None:
    sign_in(client, world.paula)
    after_the_session(client, page, note="x" * unsent.MOST_CHARACTERS)
    assert NOTICE not in shown(sign_in(client, world.paula), page)


def test_a_form_older_than_its_cookie_comes_back_too(world: World, page: str) -> None:
    """Somebody has signed in anew in another window meanwhile."""
    client = sign_in(Client(enforce_csrf_checks=True), world.paula)
    answer = client.post(page, form_of(client, page))
    assert (answer.status_code, answer["Location"]) == (302, page)
    assert TYPED in shown(client, page)


def test_control_without_the_mark_the_cookie_decides(world: World, page: str) -> None:
    client = sign_in(Client(enforce_csrf_checks=True), world.paula)
    answer = client.post(page, form_of(client, page, wer=""))
    assert answer.status_code == 403


# kept in between


def keep(client: Client, page: str, how: str = "1", **fields: str) -> HttpResponse:
    return client.post(page, form_of(client, page, zwischenspeichern=how, **fields))  # type: ignore[return-value]


def test_in_between_it_is_kept_and_nobody_else_reads_it(
    client: Client, world: World, report: VisitReport, page: str
) -> None:
    answer = keep(sign_in(client, world.paula), page, state="")
    assert address_without_notice(answer) == page
    assert not report.findings.exists()
    html = shown(client, answer["Location"])
    assert (TYPED in html, NOTICE in html, "Zwischengespeichert." in html) == (True, True, True)
    assert TYPED not in shown(sign_in(Client(), world.pia), page)


def test_a_script_hears_nothing_but_that_it_is_kept(client: Client, world: World, page: str) -> None:
    answer = keep(sign_in(client, world.paula), page, "still")
    assert (answer.status_code, answer.content) == (204, b"")
    assert TYPED in shown(client, page)


def test_saved_it_is_not_kept_any_more(client: Client, world: World, report: VisitReport, page: str) -> None:
    keep(sign_in(client, world.paula), page)
    client.post(page, form_of(client, page))
    assert report.findings.get().note == TYPED
    assert NOTICE not in shown(client, page)


def test_it_can_be_dropped(client: Client, world: World, page: str) -> None:
    keep(sign_in(client, world.paula), page)
    client.post(page, {"verwerfen": "1"})
    assert TYPED not in shown(client, page)


def test_a_colleague_who_saved_meanwhile_is_noticed(
    client: Client, world: World, report: VisitReport, page: str
) -> None:
    keep(sign_in(client, world.paula), page)
    note_down(report, note="Von Pia", actor=world.pia)
    assert client.get(page).context["version"] == "0"
    answer = client.post(page, form_of(client, page))
    assert answer.status_code == 409
    assert "Von Pia" in answer.content.decode()


def test_pages_that_were_left_last_are_kept(
    client: Client, world: World, report: VisitReport, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(unsent, "MOST_PAGES", 2)
    pages = [url(report, "_item", item_of(report, code).pk) for code in ("T1", "T2", "W1")]
    sign_in(client, world.paula)
    for page in pages:
        keep(client, page)
    assert [NOTICE in shown(client, page) for page in pages] == [False, True, True]


@pytest.mark.parametrize("name", ["_free_new", "_texts"])
def test_the_other_forms_of_a_log_keep_it_as_well(
    client: Client, world: World, report: VisitReport, name: str
) -> None:
    page = url(report, name)
    keep(sign_in(client, world.paula), page, title=TYPED, summary=TYPED)
    html = shown(client, page)
    assert (TYPED in html, NOTICE in html) == (True, True)
