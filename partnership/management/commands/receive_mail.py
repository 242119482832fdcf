import logging
import os
import sys
from typing import Any

from django.core.management.base import BaseCommand

from partnership.mail_in.letters import LARGEST
from partnership.mail_in.receiving import receive

logger = logging.getLogger(__name__)


class Command(BaseCommand):
    help = "Takes in one message from standard input: what came back, and what people answer."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        """Exit code 75 asks the mail server to try again later; whatever has been understood is 0."""
        content = sys.stdin.buffer.read(LARGEST)
        while sys.stdin.buffer.read(LARGEST):
            pass  # a mail server that cannot write everything takes that for a failure
        try:
            receive(content)
        except Exception as error:
            logger.exception("message not taken in: %s", type(error).__name__)
            sys.exit(os.EX_TEMPFAIL)
