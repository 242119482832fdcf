"""How lists call their columns: what we recognise by itself, and what a firm has told us.

A field is a key: of a thing (`name`), of a mark (`serial`), of a part of the mark to the left of it
(`serial.place`, or `mark.place` after any kind). An empty one is not taken over.
"""

import re
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from django.utils.translation import gettext_lazy as _

from assetmarking.models import ImportHeading, MarkKind
from partnership.models import Firm

NOT_TAKEN = ""
LONGEST = 120
THING_FIELDS: dict[str, tuple[Any, str]] = {
    "reference": (_("Nummer im Portal"), "nummer im portal|portalnummer|reference|number in the portal"),
    "category": (
        _("Art"),
        "art|kategorie|gruppe|warengruppe|geräteart|typ des geräts|gerätegruppe|category|type of thing|kind",
    ),
    "name": (
        _("Bezeichnung"),
        "bezeichnung|gerät|gegenstand|name|artikel|artikelbezeichnung|werkzeug|maschine|beschreibung|benennung|produkt|gerätebezeichnung|item|description|tool|machine|asset|title",
    ),
    "make": (_("Hersteller"), "hersteller|marke|fabrikat|fabr|herst|make|brand|manufacturer|maker"),
    "model": (
        _("Modell"),
        "modell|typ|type|modellnummer|typenbezeichnung|"
        "modellbezeichnung|ausführung|model|model name|model number",
    ),
    "year": (_("Baujahr"), "baujahr|bj|jahr|herstellungsjahr|year|year of manufacture|year built"),
    "value": (
        _("Wert in Euro"),
        "wert|wert in euro|zeitwert|neuwert|preis|kaufpreis|anschaffungswert|"
        "anschaffungskosten|betrag|neupreis|value|value in euros|price|cost|purchase price",
    ),
    "peculiarities": (
        _("Besonderheiten"),
        "besonderheiten|besonderheit|bemerkung|bemerkungen|anmerkung|notiz|notizen|hinweis|merkmale|zustand|peculiarities|notes|remarks|comment|comments",
    ),
    "own_number": (
        _("Inventarnummer"),
        "inventarnummer|inventarnr|invnr|inventar|eigene nummer|gerätenummer|"
        "gerätenr|anlagennummer|asset number|asset id|inventory number|own number|tag",
    ),
    "site": (_("Standort"), "standort|betriebsstätte|niederlassung|filiale|site|branch|location"),
    "kept_at": (
        _("gewöhnlich aufbewahrt"),
        "gewöhnlich aufbewahrt|aufbewahrt|lagerort|lagerplatz|"
        "aufbewahrungsort|lager|raum|regal|fahrzeug|kept at|usually kept|storage|room",
    ),
    "state": (_("Stand"), "stand|status|state"),
    "lent_to": (_("verliehen an"), "verliehen an|ausgeliehen an|entleiher|lent to|borrower"),
    "lent_until": (_("verliehen bis"), "verliehen bis|ausgeliehen bis|rückgabe|lent until|due back"),
}
MARK_FIELDS: dict[str, tuple[Any, str]] = {
    MarkKind.SERIAL: (
        MarkKind.SERIAL.label,
        "seriennummer|seriennr|serien nr|sn|s/n|serial|serial number|"
        "serial no|fabriknummer|fabriknr|fabr nr|geräte sn|herstellernummer",
    ),
    MarkKind.SECOND: (
        MarkKind.SECOND.label,
        "zweite nummer|zweitnummer|weitere nummer|zusatznummer|motornummer|second number|engine number",
    ),
    MarkKind.ENGRAVED: (
        MarkKind.ENGRAVED.label,
        "eingravierter code|gravur|gravurcode|gravierung|engraved code|engraving|engraved",
    ),
    MarkKind.EIN: (
        "EIN",
        "ein|ein code|eigentümer identifizierungs nummer|owner identification number|owner code",
    ),
    MarkKind.IDENTIFICATION: (
        MarkKind.IDENTIFICATION.label,
        "fahrzeug oder maschinen identifizierungsnummer|fin|vin|"
        "fahrgestellnummer|fahrgestellnr|fgstnr|identifizierungsnummer|"
        "maschinennummer|maschinennr|pin|identification|identification "
        "number|vehicle or machine identification number|chassis number",
    ),
    MarkKind.FORENSIC: (
        MarkKind.FORENSIC.label,
        "künstliche dna oder mikropunkte|künstliche dna|kdna|dna|"
        "mikropunkte|microdots|artificial dna or microdots|forensic|dna code",
    ),
    MarkKind.RFID: (MarkKind.RFID.label, "rfid oder nfc|rfid|nfc|transponder|rfid or nfc|chip"),
}
PARTS: dict[str, tuple[Any, str]] = {
    "place": (_("Stelle"), "stelle|wo|ort der kennzeichnung|anbringungsort|kennzeichen wo|place|where"),
    "vendor": (_("Anbieter"), "anbieter|dna anbieter|vendor|provider"),
    "marked_by": (_("angebracht von"), "angebracht von|marked by|gekennzeichnet von"),
    "marked_on": (_("angebracht am"), "angebracht am|marked on|gekennzeichnet am|kennzeichnungsdatum"),
}
LEFT_OUT = (
    "fehler|fault|code dieses portals|portalcode|code of this portal|kaufdatum|anschaffungsdatum|datum|"
    "purchase date|nr|lfd nr|lfdnr|pos|position|anzahl|"
    "menge|stück|lieferant|kostenstelle|erfasst am|recorded on"
)
"""Known, and not taken over."""


def folded(words: str) -> str:
    """Small letters and digits; what stands in brackets and units do not count."""
    plain = re.sub(r"\([^)]*\)|\[[^]]*\]|\bin (euro|eur|€)", "", words.casefold())
    spelled = plain.translate({0xE4: "ae", 0xF6: "oe", 0xFC: "ue"}).replace("ß", "ss")
    return re.sub(r"[^0-9a-z]", "", spelled)[:LONGEST]


@cache
def _known() -> dict[str, str]:
    fields = {folded(word): NOT_TAKEN for word in LEFT_OUT.split("|")}
    for named in (MARK_FIELDS, THING_FIELDS):
        fields |= {
            folded(word): str(key) for key, (_label, words) in named.items() for word in words.split("|")
        }
    parts = {
        folded(word): f"mark.{key}" for key, (_label, words) in PARTS.items() for word in words.split("|")
    }
    return parts | fields


def recognised(heading: str, told: Mapping[str, str]) -> str | None:
    """The field, empty for a column that is not taken over; None for a heading that nobody has explained."""
    bare = folded(heading)
    if bare in told:
        return told[bare]
    of_mark, _colon, part = heading.partition(":")
    field = _known().get(folded(part), "")
    if _colon and field.startswith("mark."):
        kind = _field_of(folded(of_mark))
        return kind + field.removeprefix("mark") if kind in MARK_FIELDS else None
    return _field_of(bare)


def _field_of(bare: str) -> str | None:
    return _known().get(bare, _known().get(bare.rstrip("0123456789")))


def told_by(firm: Firm) -> dict[str, str]:
    return dict(ImportHeading.objects.filter(firm=firm).values_list("heading", "field"))


def remember(firm: Firm, headings: Sequence[str], mapping: Mapping[str, str]) -> None:
    """Only what we would not have recognised, or otherwise."""
    rows = {
        folded(heading): mapping.get(str(number), NOT_TAKEN)
        for number, heading in enumerate(headings)
        if folded(heading) and recognised(heading, {}) != mapping.get(str(number), NOT_TAKEN)
    }
    ImportHeading.objects.bulk_create(
        (ImportHeading(firm=firm, heading=heading, field=field) for heading, field in rows.items()),
        update_conflicts=True,
        unique_fields=["firm", "heading"],
        update_fields=["field"],
    )


def field_choices() -> list[tuple[Any, Any]]:
    """By group, as a select shows them."""
    marks = [(str(kind), label) for kind, (label, _words) in MARK_FIELDS.items()]
    parts = [(f"mark.{part}", label) for part, (label, _words) in PARTS.items()]
    return [
        (NOT_TAKEN, _("nicht übernehmen")),
        (_("Gerät"), [(key, label) for key, (label, _words) in THING_FIELDS.items()]),
        (_("Kennzeichen"), marks),
        (_("zum Kennzeichen links davon"), parts),
    ]


def label_of(field: str) -> str:
    kind, _dot, part = field.partition(".")
    if part:
        return f"{MARK_FIELDS[kind][0]}: {PARTS[part][0]}" if kind in MARK_FIELDS else str(PARTS[part][0])
    return str({**THING_FIELDS, **MARK_FIELDS}[field][0])
