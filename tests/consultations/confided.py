"""What firm and police confide to each other, planted with a word that stands nowhere else.

Chambers, coordinators, auditors, technicians, other directorates and other firms must meet the word nowhere.
"""

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.apps import apps
from django.db import models
from django.db.models.signals import pre_save

from consultations.models import Uptake, VisitMatter, VisitRequest, VisitRequestStep
from partnership.mail_content import build_message
from partnership.models import OutgoingMail, Photo, PhotoFile
from tests.personas import World
from tests.visit_factories import make_visit_request

MARKER = "Q7Zx9"
"""Short and with digits, so that no line of a PDF breaks in it."""
REASON = "nach einem Einbruch"
CONFIDED = {
    "Concern": ["note", "accessibility_need", "officer_note"],
    "VisitMatter": ["case_number", "note", "accessibility_need"],
    "VisitRequest": ["access_note", "end_reason"],
    "VisitRequestStep": ["reason"],
    "VisitReport": ["summary", "next_steps", "corrects_what"],
    "Finding": ["title", "place", "note"],
    "Recommendation": ["text", "standard"],
    "Uptake": ["reason"],
    "Photo": ["caption"],
}
OPEN = {
    # topics are counted, and shown to police alone: test_visibility.py
    "Concern": ["topic", "language", "next_step"],
    # a choice, looked for by its words
    "VisitMatter": ["reason"],
    # who asks, where and when: a desk that enters it for a caller knows that
    "VisitRequest": [
        *("reference", "state", "firm_name", "membership_number", "contact_name", "contact_email"),
        *("contact_phone", "page_language", "on_site_name", "on_site_phone", "street", "postcode", "city"),
        *("premises", "part_of_day"),
    ],
    "VisitRequestStep": ["kind"],
    # what is sealed is made of the findings
    "VisitReport": ["state", "reference", "content", "salt", "digest"],
    "Finding": ["state"],
    "Recommendation": [],
    "Uptake": ["state", "state_before"],
    "Photo": ["state", "refused_because", "digest", "upload_digest"],
}
TO_THE_FIRM = {
    "visit_ended": "end_reason",
    **dict.fromkeys(("visit_confirmed", "visit_moved", "visit_reminder"), "access_note"),
}
"""Mails: why police do not come, and the firm's own words about its door."""
MODULES = {f"consultations.models.{name}" for name in ("visits", "visit_reports", "uptake")}


def models_of_visits() -> set[str]:
    """Those that take words."""
    names = {model.__name__ for model in apps.get_models() if model.__module__ in MODULES}
    return {name for name in names if fields_of(name)}


def fields_of(name: str) -> set[str]:
    """Whatever of a model takes words."""
    model = next(m for m in apps.get_models() if m.__name__ == name)
    kinds = (models.CharField, models.TextField, models.JSONField)
    return {field.name for field in model._meta.concrete_fields if isinstance(field, kinds)}


@contextmanager
def planted() -> Iterator[None]:
    """Whatever is saved meanwhile has the word in each confided field."""
    pre_save.connect(_plant, dispatch_uid="confided")
    try:
        yield
    finally:
        pre_save.disconnect(dispatch_uid="confided")


def _plant(sender: type[models.Model], instance: Any, **_more: Any) -> None:
    if getattr(instance, "emptied_at", None):
        return
    for name in CONFIDED.get(sender.__name__, []):
        if name == "title" and instance.item_id:
            continue
        if sender is Uptake and instance.state != Uptake.State.DECLINED:
            continue
        setattr(instance, name, f"{MARKER} {name}")


def confide_more(world: World) -> None:
    """What a small world has not: a desk's request that is over, steps with reasons, the firm's photo, and
    the word in the pictures themselves."""
    over = make_visit_request(
        police=world.police, state=VisitRequest.State.ENDED, entered_for=world.ihk, reason="burglary"
    )
    for request in VisitRequest.objects.all():
        for kind in VisitRequestStep.Kind.values:
            VisitRequestStep.objects.create(request=request, kind=kind, by=world.paula)
    VisitMatter.objects.filter(request__state__in=VisitRequest.STANDING).update(reason="burglary")
    for request in (over, VisitRequest.objects.filter(person=world.alice).earliest("pk")):
        photo = Photo.objects.create(
            thing=request, position=1, state="ready", width=1, height=1, size=1, digest="a" * 64
        )
        for size in PhotoFile.Size.values:
            PhotoFile.objects.create(photo=photo, kind=size, content=b"")
    for file in PhotoFile.objects.exclude(photo__content_type__model="brochurechapter"):
        PhotoFile.objects.filter(pk=file.pk).update(content=bytes(file.content) + MARKER.encode())


def met_in(mail: OutgoingMail) -> set[str]:
    """Names of the confided fields that the mail says."""
    return set(re.findall(rf"{MARKER} (\w+)", whole(mail)))


def whole(mail: OutgoingMail) -> str:
    message = build_message(mail)
    html = [str(alternative.content) for alternative in message.alternatives]
    return "\n".join([message.subject, message.body, *html, str(mail.content), str(mail.calendar)])


def words_in(content: bytes) -> str:
    """All that can be read in a page, a table, an archive, a picture or a PDF."""
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return "\n".join(words_in(archive.read(name)) for name in archive.namelist())
    if content.startswith(b"%PDF"):
        return words_in_pdf(content)
    return content.decode(errors="replace")


def words_in_pdf(pdf: bytes) -> str:
    """Every text in the letters of every font: more than is written there, and never less."""
    streams = [_unpacked(found) for found in re.findall(rb"stream\r?\n(.*?)\r?\nendstream", pdf, re.DOTALL)]
    shown = [
        b"".join(re.findall(rb"<([0-9a-fA-F]+)>", stream)).decode()
        for stream in streams
        if re.search(rb"T[jJ]\b", stream)
    ]
    glyphs = [text[start : start + 4].lower() for text in shown for start in range(0, len(text), 4)]
    alphabets = [_alphabet(stream) for stream in streams if b"beginbfchar" in stream]
    return "\n".join("".join(alphabet.get(glyph, "") for glyph in glyphs) for alphabet in alphabets)


def _unpacked(stream: bytes) -> bytes:
    try:
        return zlib.decompress(stream)
    except zlib.error:
        return stream


def _alphabet(stream: bytes) -> dict[str, str]:
    pairs = re.findall(rb"<([0-9a-fA-F]{4})> *<([0-9a-fA-F]+)>", stream)
    return {
        glyph.decode().lower(): bytes.fromhex(letters.decode()).decode("utf-16-be")
        for glyph, letters in pairs
    }
