"""What whoever takes part and whoever verifies reads of certificates is there in English."""

from django.test import Client
from django.utils import translation

from forums.certificates.issuing import issue_anew, revoke_certificate
from partnership.mail_content import build_message
from partnership.models import OutgoingMail
from tests.english.missing import Missing, ours
from tests.forums.certificate_steps import certify, make_attended
from tests.personas import World


def test_pages_and_mails_of_certificates_are_in_the_catalogue(
    client: Client,
    world: World,
    missing: Missing,
) -> None:
    first = certify(world, make_attended(world, page_language="en"))
    second = issue_anew(certificate_id=first.pk, reason="Name", actor=world.bert)
    mail = OutgoingMail.objects.order_by("-pk")[0]
    path = mail.content["certificate_url"].partition("/nachweis/")[2]
    client.get(f"/en/nachweis/{path}")
    client.get(f"/en/nachweis/meine/{'x' * 43}/")
    client.get("/en/nachweis/")
    client.post("/en/nachweis/", {"number": "x"})
    client.post("/en/nachweis/", {"number": ""})
    client.get(f"/en/nachweis/{first.number}/")
    client.get("/en/nachweis/T-2026-2222-2222/")
    for name in ("Ute Quendel", "Uta", ""):
        client.post(f"/en/nachweis/{second.number}/", {"name": name})
    client.get(f"/en/nachweis/{second.number}/")
    revoke_certificate(certificate_id=second.pk, reason="Verwechslung", actor=world.bert)
    with translation.override("en"):
        for mail in OutgoingMail.objects.filter(language="en"):
            build_message(mail)
    assert ours(missing.sentences) == []
