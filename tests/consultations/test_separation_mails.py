"""What firm and police confide to each other stands in no mail but the firm's own."""

import pytest
from django.db import transaction

from partnership.models import OutgoingMail
from tests.consultations.confided import TO_THE_FIRM, met_in, planted
from tests.consultations.test_mail_texts import ACTS
from tests.personas import World


@pytest.mark.django_db
def test_no_mail_has_it(world: World) -> None:
    """Every act that sends one, in both languages; each in the same small world."""
    met = {}
    for kind, act in ACTS.items():
        for language in ("de", "en"):
            with planted(), transaction.atomic():
                act(world, language)
                assert OutgoingMail.objects.filter(kind=kind).exists()
                met |= {mail.kind: words for mail in OutgoingMail.objects.all() if (words := met_in(mail))}
                transaction.set_rollback(True)
    assert met == {kind: {field} for kind, field in TO_THE_FIRM.items()}
