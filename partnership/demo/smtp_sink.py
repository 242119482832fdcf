"""An SMTP server that writes every mail to a file: `python -m partnership.demo.smtp_sink PORT FOLDER TAG`.

What goes to nobody it hands back to the portal, as a mail server does.
"""

import asyncio
import email
import email.policy
import itertools
import re
import subprocess
import sys
import time
from pathlib import Path

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from partnership.demo.bounces import bounce_of, does_not_exist, message_id_of
from partnership.demo.data_folder import ROOT

RECEIVE = [sys.executable, str(ROOT / "manage.py"), "receive_mail"]


class Sink:
    def __init__(self, folder: Path, prefix: str) -> None:
        self.folder = folder
        self.prefix = prefix
        self.numbers = itertools.count(1)

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802
        content = envelope.original_content or b""
        file = self.folder / self._name(content, envelope)
        part = file.with_suffix(".part")
        part.write_bytes(content)
        part.rename(file)
        recipient = envelope.rcpt_tos[0]
        if does_not_exist(recipient) and envelope.mail_from:
            message_id = message_id_of(content)
            bounce = bounce_of(message_id=message_id, sender=envelope.mail_from, recipient=recipient)
            loop = asyncio.get_running_loop()
            loop.run_in_executor(None, lambda: subprocess.run(RECEIVE, input=bounce, check=False))
        return "250 Message accepted for delivery"

    def _name(self, content: bytes, envelope: Envelope) -> str:
        """Sorted by time, with recipient and subject to be found by."""
        message = email.message_from_bytes(content, policy=email.policy.default)
        about = f"{envelope.rcpt_tos[0]} {message['subject'] or ''}"
        words = re.sub(r"[^\w@.-]+", "-", about)[:80].strip("-")
        return f"{time.strftime('%Y%m%d-%H%M%S')}-{self.prefix}-{next(self.numbers):04d}-{words}.eml"


def main(port: int, folder: Path, prefix: str) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    controller = Controller(Sink(folder, prefix), hostname="127.0.0.1", port=port, data_size_limit=50_000_000)
    controller.start()
    try:
        asyncio.new_event_loop().run_forever()
    finally:
        controller.stop()


if __name__ == "__main__":
    main(int(sys.argv[1]), Path(sys.argv[2]), sys.argv[3])
