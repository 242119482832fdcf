"""What the demo's firm has done: labels printed and one stuck on, a finder's question, a list with faults."""

import datetime
import io

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from PIL import Image, ImageDraw

from assetmarking.importing.running import upload_list
from assetmarking.labels.adopting import adopt_label
from assetmarking.labels.formats import formats_of
from assetmarking.labels.ordering import Paper, order_in_advance
from assetmarking.models import Asset, FinderMessage, FinderThread, Label, PrinterOffset
from partnership.demo import leipzig
from partnership.demo.photos import make_ready
from partnership.journal import log_act
from partnership.models import Firm, LogEntry, Partnership, Person
from partnership.photos.receiving import receive_photo
from partnership.times import today

A_DAY = datetime.timedelta(days=1)
TOOL_LIST = """Bezeichnung;Hersteller;Modell;Baujahr;Seriennummer;Wert in Euro
Formatkreissäge;Sagola;FK 250;2019;FK250-10338;4.900,00
Oberfräse;Norvik;OF 14;2022;NW-OF14-5561;389,00
Kantenanleimer;Feldmark;KA 3;2018;KA3-20177;6.250,00
Absauganlage;Voltaris;AB 12;achtzehn;VT-120-4410;1.180,00
Schlagschrauber;Feldmark;S 18;2024;unbekannt;219,00
;Norvik;;2021;NW-7781-20;
"""
MESSAGES = (
    (False, "Bei uns auf dem Parkplatz steht seit gestern ein Gerät mit diesem Etikett. Ist das Ihres?"),
    (True, "Ja, das ist unser Kernbohrgerät. Danke! Wo können wir es abholen?"),
    (False, "Lindenstraße 4 in Grimma, bis 17 Uhr ist jemand im Büro."),
)
"""Whether the owner wrote it, and what."""


def add_firms_doings(partnership: Partnership, firm: Firm) -> None:
    owner = Person.objects.get(email=leipzig.FIRM_OWNER_EMAIL)
    drill = Asset.objects.get(firm=firm, name="Kernbohrgerät")
    _tell_history(firm, owner)
    _add_photo(Asset.objects.get(firm=firm, name="Stromerzeuger"), owner)
    _write_about(_stick_label(partnership, drill, owner), partnership)
    PrinterOffset.objects.create(firm=firm, name="Drucker im Büro", x="0.5", y="1.0")
    upload_list(firm=firm, person=owner, file_name="Werkzeugliste.csv", content=TOOL_LIST.encode())


def _tell_history(firm: Firm, owner: Person) -> None:
    for asset in Asset.objects.filter(firm=firm):
        entry = log_act(act="thing.recorded", thing=asset, actor=owner)
        LogEntry.objects.filter(pk=entry.pk).update(at=asset.created_at)
        if asset.state == Asset.State.SOLD:
            entry = log_act(act="thing.retired", thing=asset, actor=owner)
            LogEntry.objects.filter(pk=entry.pk).update(at=timezone.now() - 60 * A_DAY)


def _add_photo(generator: Asset, owner: Person) -> None:
    make_ready(receive_photo(thing=generator, upload=_drawn_generator(), by=owner))


def _stick_label(partnership: Partnership, asset: Asset, owner: Person) -> Label:
    sheet = order_in_advance(
        firm_id=asset.firm_id,
        partnership=partnership,
        paper=Paper(format=formats_of(asset.firm)["l7160"]),
        count=21,
        actor=owner,
    )
    return adopt_label(label_id=sheet.labels.all()[0].pk, asset_id=asset.pk, actor=owner)


def _write_about(label: Label, partnership: Partnership) -> None:
    began = timezone.now() - 2 * A_DAY
    thread = FinderThread.objects.create(
        label=label,
        firm=label.firm,
        partnership=partnership,
        finder_email="finderin@fund.example",
        begun_at=began,
    )
    FinderMessage.objects.bulk_create(
        FinderMessage(
            thread=thread,
            is_from_owner=is_from_owner,
            text=text,
            sent_at=began + hours * datetime.timedelta(hours=3),
        )
        for hours, (is_from_owner, text) in enumerate(MESSAGES)
    )


def _drawn_generator() -> SimpleUploadedFile:
    """In a yard: of invented machines there are no photos."""
    image = Image.new("RGB", (1200, 900), (186, 198, 206))
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, 640, 1200, 900), fill=(134, 132, 126))
    draw.rounded_rectangle((260, 300, 940, 700), radius=24, fill=(214, 112, 32))
    draw.rectangle((260, 470, 940, 500), fill=(48, 52, 58))
    for left in range(320, 560, 34):
        draw.rectangle((left, 540, left + 16, 660), fill=(60, 64, 70))
    for left in (640, 740, 840):
        draw.ellipse((left, 560, left + 70, 630), fill=(38, 42, 48))
    draw.rectangle((230, 240, 970, 262), fill=(48, 52, 58))
    draw.rectangle((640, 350, 880, 430), fill=(236, 236, 230))
    draw.multiline_text((656, 366), f"SE 65\nVT-650-11937\n{today().year - 5}", fill=(30, 30, 34))
    file = io.BytesIO()
    image.save(file, "JPEG", quality=88)
    return SimpleUploadedFile("stromerzeuger.jpg", file.getvalue())
