"""The pages of reports as everybody who may and may not."""

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from consultations.models import Finding, ReportReader, VisitReport
from consultations.visit_reports.privacy import empty_reports
from partnership.models import FirmContact, OutgoingMail, Post
from partnership.photos.queries import photos_of
from partnership.times import today
from tests import factories
from tests.consultations.report_steps import KIM, MARK, SUMMARY, make_draft, make_visit, release, seen
from tests.personas import World, sign_in

pytestmark = pytest.mark.django_db
LIST = "/arbeitsplatz/besuche/berichte/"
NO_POLICE = ("alice", "bert", "hanna", "karl", "dora", "carl")


def police_paths(reference: str) -> list[str]:
    return [
        LIST,
        reverse("appointments:visit_report_digest"),
        *(
            reverse(f"appointments:{name}", args=[reference])
            for name in (
                *("visit_report_release", "visit_report", "visit_report_pdf"),
                *("visit_report_correct", "visit_report_reader"),
            )
        ),
    ]


def text(response: HttpResponse) -> str:
    return " ".join(response.content.decode().split())


def test_strangers_sign_in_first(client: Client, world: World) -> None:
    reference = release(world).visit.appointment.reference
    for path in (*police_paths(reference), f"/konto/berichte/{reference}/", "/konto/berichte/"):
        assert client.get(path)["Location"].startswith("/konto/anmelden/?next=")


@pytest.mark.parametrize("who", NO_POLICE)
def test_a_report_is_polices_and_never_a_chambers(client: Client, world: World, who: str) -> None:
    reference = release(world).visit.appointment.reference
    sign_in(client, getattr(world, who))
    for path in police_paths(reference):
        response = client.get(path)
        assert response.status_code == 403, path
        assert MARK not in response.content.decode()
    for name in ("visit_report_discard", "visit_report_reader_end"):
        arguments = [reference, 1] if name.endswith("end") else [reference]
        assert client.post(reverse(f"appointments:{name}", args=arguments)).status_code == 403


@pytest.mark.parametrize("who", ["bert", "hanna", "karl", "dora", "carl", "paula"])
def test_in_the_account_others_reports_do_not_exist(client: Client, world: World, who: str) -> None:
    reference = release(world).visit.appointment.reference
    sign_in(client, getattr(world, who))
    for page in ("report", "pdf", "share"):
        assert client.get(reverse(f"own_reports:{page}", args=[reference])).status_code == 404
    assert reference not in client.get("/konto/berichte/").content.decode()


def test_another_directorate_finds_nothing(client: Client, world: World) -> None:
    reference = release(world).visit.appointment.reference
    stranger = factories.make_person()
    factories.make_post(stranger, Post.Role.LEAD, organisation=factories.make_police(world.partnership))
    sign_in(client, stranger)
    assert MARK not in client.get(LIST).content.decode()
    assert [client.get(path).status_code for path in police_paths(reference)[2:]] == [404] * 5


@pytest.mark.parametrize("who", ["paula", "pia", "lea"])
def test_police_read_release_and_correct(client: Client, world: World, who: str) -> None:
    draft = make_draft(world)
    reference = draft.visit.appointment.reference
    sign_in(client, getattr(world, who))
    path = reverse("appointments:visit_report_release", args=[reference])
    preview = text(client.get(path))
    assert SUMMARY in preview
    assert "Was noch fehlt" in preview
    typed = {"gesehen": seen(draft), "despite_lacks": "on"}
    done = client.post(path, typed, follow=True)
    assert "freigegeben und versiegelt" in text(done)
    assert f"{today().year}-0001" in text(done)
    correct = reverse("appointments:visit_report_correct", args=[reference])
    assert "Berichtigung freigeben" in text(client.post(correct, {"corrects_what": "Die Tür."}, follow=True))
    assert "Berichtigung im Entwurf" in text(client.get(LIST))
    discard = reverse("appointments:visit_report_discard", args=[reference])
    assert "Der Entwurf ist verworfen" in text(client.post(discard, follow=True))


def test_what_is_missing_wants_a_tick(client: Client, world: World) -> None:
    draft = make_draft(world)
    path = reverse("appointments:visit_report_release", args=[draft.visit.appointment.reference])
    refused = sign_in(client, world.paula).post(path, {"gesehen": seen(draft)})
    assert refused.status_code == 409
    assert "Es fehlt noch etwas" in text(refused)
    outdated = client.post(path, {"gesehen": "0" * 64, "despite_lacks": "on"})
    assert (outdated.status_code, VisitReport.objects.get().state) == (409, "draft")


def test_a_recipient_is_confirmed_on_site_or_not_at_all(client: Client, world: World) -> None:
    draft = make_draft(world)
    path = reverse("appointments:visit_report_release", args=[draft.visit.appointment.reference])
    typed = {"gesehen": seen(draft), "despite_lacks": "on", "name": KIM.name, "email": KIM.email}
    assert "muss vor Ort bestätigt sein" in text(sign_in(client, world.paula).post(path, typed))
    client.post(path, typed | {"is_confirmed": "on"})
    assert ReportReader.objects.get(kind="recipient").name == KIM.name


def test_somebody_may_be_confirmed_later_and_ended(client: Client, world: World) -> None:
    report = release(world)
    reference = report.visit.appointment.reference
    path = reverse("appointments:visit_report_reader", args=[reference])
    sign_in(client, world.paula).post(path, {"name": "Kim", "email": KIM.email, "is_confirmed": "on"})
    reader = ReportReader.objects.get(kind="recipient")
    assert OutgoingMail.objects.filter(kind="report_ready", to_email=reader.email).count() == 1
    end = reverse("appointments:visit_report_reader_end", args=[reference, reader.pk])
    assert "liest den Bericht nicht mehr" in text(client.post(end, follow=True))
    firm = ReportReader.objects.get(kind="firm")
    end = reverse("appointments:visit_report_reader_end", args=[reference, firm.pk])
    assert "immer lesen" in text(client.post(end, follow=True))


def test_police_read_earlier_versions_and_the_firm_the_newest(client: Client, world: World) -> None:
    report = release(world)
    reference = report.visit.appointment.reference
    sign_in(client, world.paula).post(
        reverse("appointments:visit_report_correct", args=[reference]), {"corrects_what": "Die Tür."}
    )
    draft = VisitReport.objects.get(state="draft")
    release(world, draft, corrects_what="Die Tür ist neu.")
    old = text(client.get(f"{LIST}{reference}/?fassung=1"))
    assert "Das ist eine frühere Fassung" in old
    assert client.get(f"{LIST}{reference}/?fassung=9").status_code == 404
    page = text(sign_in(client, world.alice).get(f"/konto/berichte/{reference}/"))
    assert "Fassung 2, berichtigt:</strong> Die Tür ist neu." in page
    assert "berichtigt" in text(client.get("/konto/berichte/"))


def test_whoever_speaks_for_the_firm_reads_as_well(client: Client, world: World) -> None:
    firm = factories.make_firm(world.carl)
    report = release(world, make_draft(world, visit=make_visit(world, firm=firm)))
    path = f"/konto/berichte/{report.visit.appointment.reference}/"
    assert sign_in(client, world.carl).get(path).status_code == 200
    FirmContact.objects.all().delete()
    assert client.get(path).status_code == 404


def test_the_firm_shares_and_ends_it(client: Client, world: World) -> None:
    reference = release(world).visit.appointment.reference
    typed = {"name": "Toni Muster", "email": "toni@versicherung.example", "until": today().isoformat()}
    path = reverse("own_reports:share", args=[reference])
    page = text(sign_in(client, world.alice).post(path, typed, follow=True))
    assert "Toni Muster kann den Bericht jetzt lesen." in page
    reader = ReportReader.objects.get(kind="third")
    end = reverse("own_reports:share_end", args=[reference, reader.pk])
    assert "kann den Bericht nicht mehr lesen" in text(client.post(end, follow=True))


def test_a_digest_is_compared_for_the_own_reports(client: Client, world: World) -> None:
    report = release(world)
    own, police = "/konto/berichte/pruefsumme/", reverse("appointments:visit_report_digest")
    for person, path in ((world.alice, own), (world.pia, police)):
        page = text(sign_in(client, person).post(path, {"digest": report.digest}))
        assert "unverändert" in page
    assert "zu keinem Bericht" in text(sign_in(client, world.carl).post(own, {"digest": report.digest}))
    empty_reports([report.pk])
    assert "nach Ablauf der Frist gelöscht" in text(
        sign_in(client, world.pia).post(police, {"digest": report.digest})
    )


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("", ["Alpha", "Beta", "Gamma"]),
        ("?stand=fehlt", ["Alpha", "Beta"]),
        ("?stand=entwurf", ["Beta"]),
        ("?stand=freigegeben", ["Gamma"]),
        ("?suche=gam", ["Gamma"]),
        ("?eigene", []),
    ],
)
def test_the_list_shows_what_is_missing(client: Client, world: World, query: str, shown: list[str]) -> None:
    alpha, beta, gamma = (
        make_visit(world, days_ago=n, firm_name=name)
        for n, name in enumerate(("Alpha", "Beta", "Gamma"), start=1)
    )
    assert alpha.pk
    make_draft(world, visit=beta)
    release(world, make_draft(world, visit=gamma))
    page = text(sign_in(client, world.pia).get(LIST + query))
    assert [name for name in ("Alpha", "Beta", "Gamma") if f">{name}<" in page] == shown


def test_photos_are_shown_to_whoever_reads(client: Client, world: World) -> None:
    report = release(world, make_draft(world, with_photo=True))
    photo = photos_of(Finding.objects.get(report=report, state="weak"))[0]
    path = reverse("photos:photo", args=[photo.pk, "klein"])
    allowed = {
        who: sign_in(Client(), getattr(world, who)).get(path).status_code
        for who in ("alice", "bert", "karl", "dora", "carl", "paula")
    }
    assert allowed.pop("alice") == allowed.pop("paula") == 200
    assert set(allowed.values()) <= {403, 404}
    assert path in text(
        sign_in(client, world.alice).get(f"/konto/berichte/{report.visit.appointment.reference}/")
    )


def test_an_erased_report_keeps_its_number(client: Client, world: World) -> None:
    report = release(world)
    reference = report.visit.appointment.reference
    empty_reports([report.pk])
    page = text(sign_in(client, world.paula).get(f"{LIST}{reference}/"))
    assert "Dieser Bericht ist gelöscht" in page
    assert report.digest in page
    assert client.get(f"{LIST}{reference}/bericht.pdf").status_code == 404
    assert sign_in(client, world.alice).get(f"/konto/berichte/{reference}/").status_code == 404
