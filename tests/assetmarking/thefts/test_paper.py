"""The insurer's list and the equipment passport, as PDF/UA."""

import datetime
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse

from assetmarking.models import Asset, MarkKind
from assetmarking.passport import passport
from assetmarking.queries import assets_of_firm
from assetmarking.thefts import paper, reporting
from assetmarking.views import passports
from tests.asset_factories import make_asset, make_mark
from tests.assetmarking.thefts.steps import firm_of, report
from tests.pdf_ua import faults_of_pdf
from tests.personas import World, sign_in


@pytest.fixture
def html_of(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What a document says, as its template gives it to the printer."""
    from partnership import documents

    found: list[str] = []
    printed = documents.pdf_of

    def print_it(html: str, **options: object) -> bytes:
        found.append(html)
        return printed(html, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(documents, "pdf_of", print_it)
    return found


def test_the_insurer_reads_things_marks_and_the_sum(world: World, html_of: list[str]) -> None:
    firm = firm_of(world.alice)
    dear = make_asset(firm, "NV-2231", value=Decimal("1250.50"), year=2024)
    cheap = make_asset(firm, name="Kabel", value=Decimal("9.50"))
    pdf = paper.pdf_of_report(report(world, dear, cheap, make_asset(firm, name="Leiter")))
    assert faults_of_pdf(pdf) == []
    [html] = html_of
    html = html.replace("\N{NO-BREAK SPACE}", " ")
    assert all(word in html for word in ("Seriennummer NV-2231", "1.250,50 €", "1.260,00 €", "4411/26/DEMO"))
    assert "noch nicht bestätigt" in html
    assert "ohne Wertangabe" in html


def test_a_passport_says_what_a_thing_is_and_nothing_that_is_the_owners(
    world: World, html_of: list[str]
) -> None:
    firm = firm_of(world.alice)
    asset = make_asset(firm, "NV-2231", value=Decimal("1250.50"), kept_at="Container am Tor")
    day = datetime.date(2026, 5, 4)
    make_mark(asset, "L-AB-7", kind=MarkKind.ENGRAVED, place="am Griff", marked_on=day)
    report(world, asset)
    pdf = passport.pdf_of_passports(list(assets_of_firm(firm)))
    assert faults_of_pdf(pdf) == []
    [html] = html_of
    assert all(word in html for word in ("NV-2231", "am Griff", "4.5.2026", "als gestohlen gemeldet"))
    assert not any(word in html for word in ("1.250", "Container", "Colditz", firm.name, world.alice.name))


def test_several_in_one_file(client: Client, world: World, html_of: list[str]) -> None:
    firm = firm_of(world.alice)
    things: list[Asset] = [make_asset(firm), make_asset(firm, name="Kreissäge")]
    query = "&".join(f"geraet={asset.reference}" for asset in things)
    path = reverse("assetmarking:passports_pdf", args=[firm.pk])
    answer = sign_in(client, world.alice).get(f"{path}?{query}")
    assert answer["Content-Type"] == "application/pdf"
    assert html_of[0].count("<article>") == 2


@pytest.mark.parametrize("page", ["passports", "report_theft"])
def test_more_than_go_at_once_is_said_and_nothing_is_left_out_in_silence(
    client: Client, world: World, monkeypatch: pytest.MonkeyPatch, page: str
) -> None:
    monkeypatch.setattr(passports, "MOST_PASSPORTS", 1)
    monkeypatch.setattr(reporting, "MOST_THINGS", 1)
    firm = firm_of(world.alice)
    query = "&".join(f"geraet={make_asset(firm).reference}" for _number in "12")
    path = reverse(f"assetmarking:{page}", args=[firm.pk])
    answer = sign_in(client, world.alice).get(f"{path}?{query}&weiter=1")
    assert "Sie haben 2 gewählt, es gehen aber nur 1 auf einmal" in answer.content.decode()


def test_a_passport_is_the_firms(client: Client, world: World) -> None:
    asset = make_asset(firm_of(world.alice))
    path = reverse("assetmarking:passport", args=[asset.reference])
    assert client.get(path).status_code == 302
    assert sign_in(client, world.carl).get(path).status_code == 404
    assert sign_in(client, world.paula).get(path).status_code == 404
