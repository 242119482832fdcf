"""What the mails about reports say, and what they keep to themselves."""

import pytest
from django.conf import settings

from consultations.models import Finding, VisitReport
from partnership.mail_content import build_message
from partnership.models import OutgoingMail
from tests.consultations.report_steps import MARK, RECIPIENT, REPORT_ACTS, share
from tests.consultations.test_mail_texts import assert_both_say, words_of
from tests.personas import World

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("language", ["de", "en"])
@pytest.mark.parametrize("kind", ["report_ready", "report_shared"])
def test_readers_read_number_police_and_the_link_and_nothing_of_the_report(
    world: World, kind: str, language: str
) -> None:
    REPORT_ACTS[kind](world, language)
    reference = VisitReport.objects.get().reference
    for mail in OutgoingMail.objects.filter(kind=kind):
        message = build_message(mail)
        assert_both_say(message, reference, "Polizeidirektion Leipzig", world.partnership.name)
        link = mail.content.get("report_url") or mail.content["page"]
        assert link.startswith(settings.BASE_URL)
        assert link in message.body
        assert f'href="{link}"' in str(message.alternatives[0].content)
        assert not message.attachments
        assert all(MARK not in words for words in words_of(message))


def test_the_subject_says_what_it_is(world: World) -> None:
    REPORT_ACTS["report_ready"](world, "de")
    subjects = {build_message(mail).subject for mail in OutgoingMail.objects.filter(kind="report_ready")}
    assert subjects == {"Ihr Bericht ist da"}
    share(world, VisitReport.objects.get())
    mail = OutgoingMail.objects.get(kind="report_shared")
    assert build_message(mail).subject == "Tischlerei Muster lässt Sie einen Bericht lesen"


def test_a_link_leaves_the_outbox_with_the_mail(world: World) -> None:
    REPORT_ACTS["report_ready"](world, "de")
    mail = OutgoingMail.objects.get(to_email=RECIPIENT)
    assert [key for key in mail.content if key.endswith("_url")] == ["report_url"]


def test_the_officer_reads_firm_and_day_and_finds_the_list(world: World) -> None:
    REPORT_ACTS["report_missing"](world, "de")
    message = build_message(OutgoingMail.objects.get(kind="report_missing"))
    assert message.subject == "Bericht fehlt noch: Tischlerei Muster"
    assert_both_say(message, "Tischlerei Muster", "Guten Tag Paula Beispiel")
    assert f"{settings.BASE_URL}/arbeitsplatz/besuche/berichte/?stand=fehlt" in message.body
    assert not Finding.objects.exists()
