from collections.abc import Callable, Iterator

import pytest
from pytest_django import DjangoCaptureOnCommitCallbacks

from partnership.models import OutgoingMail
from tests.broker import forget_tasks, waiting_tasks
from tests.smtp import postbox

__all__ = ["postbox"]

MailsOf = Callable[[Callable[[], object]], list[OutgoingMail]]


@pytest.fixture
def mails_of(django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks) -> Iterator[MailsOf]:
    """The mails that an act has queued; after commit a worker was told of each, and of nothing else."""
    forget_tasks()

    def run(act: Callable[[], object]) -> list[OutgoingMail]:
        before = list(OutgoingMail.objects.values_list("pk", flat=True))
        with django_capture_on_commit_callbacks(execute=True):
            act()
        queued = list(OutgoingMail.objects.exclude(pk__in=before).order_by("pk"))
        assert waiting_tasks() == [("partnership.deliver_mail", mail.pk) for mail in queued]
        forget_tasks()
        return queued

    yield run
    forget_tasks()
