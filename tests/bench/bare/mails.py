"""The floor of sending: Celery tasks that only speak SMTP, a connection for each mail as in the portal."""

import os
import smtplib
from email.message import EmailMessage
from email.utils import make_msgid

from celery import Celery

QUEUE = "bare"
PARAGRAPH = "Guten Tag, bald berät Sie die Polizei. Bitte bringen Sie Fotos und einen Grundriss mit. "

app = Celery("bare", broker=os.environ["REDIS_URL"], set_as_current=False)
app.conf.task_default_queue = QUEUE
app.conf.task_ignore_result = True


@app.task(name="bare.send")
def send(number: int) -> None:
    message = EmailMessage()
    message["Subject"] = "Erinnerung an Ihren Termin"
    message["From"] = "termine@bench.example"
    message["To"] = f"firm{number}@bench.example"
    message["Message-ID"] = make_msgid(domain="bench.example")
    message.set_content(PARAGRAPH * 12)
    message.add_alternative(f"<html><body><p>{PARAGRAPH * 40}</p></body></html>", subtype="html")
    with smtplib.SMTP("127.0.0.1", int(os.environ["SMTP_PORT"]), "bench.example") as server:
        server.send_message(message)
