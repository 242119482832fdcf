"""Invented firms, what brings them, and what police note about the talks."""

import unicodedata
from dataclasses import dataclass

from consultations.models import Concern, Topic
from partnership.demo.leipzig import HWK, IHK

FIRMS = """
Dachdeckerei Quastenberg | Ingo Quastenberg | HWK | 03437
Radhaus Muldenaue | Timo Ellerkamp | IHK | 03437
Gasthof Silberpappel | Renate Fuhlbrügge | IHK | 03437
Metallbau Krambeck | Svenja Krambeck | HWK | 03437
Bäckerei Semmelbrink | Heike Semmelbrink | HWK | 03433
Optik Wiesenkötter | Clara Wiesenkötter | HWK | 0341
Hotel Lindenschwan | Dorit Amsbeck | IHK | 0341
Spedition Radebrecht | Uwe Radebrecht | IHK | 034202
Apotheke am Kupferkessel | Anja Telgenbüscher | IHK | 0341
Juwelier Tannroth | Mira Tannroth | IHK | 0341
Autohaus Birkenhold | Jens Wachtelborn | HWK | 03421
Café Honigblau | Selma Yıldız-Kern | IHK | 0341
Buchhandlung Papierboot | Ole Nordermeer | IHK | 0341
Elektro Strombeck | Rico Strombeck | HWK | 03435
Gartenbau Ackerhold | Wiebke Ackerhold | IHK | 03435
Malerbetrieb Steinwender | Maik Steinwender | HWK | 0341
Weinhandel Auenthal | Konrad Auenthal | IHK | 0341
Friseur Amselgrund | Nadja Amselgrund | HWK | 03433
Fahrschule Weidenbusch | Thorben Weidenbusch | IHK | 03421
Blumen Tausendschön-Beck | Lina Beckmeier | IHK | 0341
Sanitär Brinkhorst | Dirk Brinkhorst | HWK | 034202
Tierarztpraxis Ulmenrain | Eva Lohsfeld | IHK | 03437
Kiosk am Stellwerk | Bülent Karadeniz-Roth | IHK | 0341
Zimmerei Balkenrode | Gregor Balkenrode | HWK | 03437
Pension Auenwinkel | Sabine Torwesten | IHK | 034202
Werbetechnik Leuchtfeld | Paul Leuchtfeld | HWK | 0341
Stahlhandel Rostocken | Marlies Rostocken | IHK | 0341
Goldschmiede Feinsteg | Irina Feinsteg | HWK | 03421
Lagerhaus Pönitzer Ring | Hakan Demirbağ | IHK | 0341
Schlosserei Riegelbach | Torsten Riegelbach | HWK | 03433
Feinkost Zabelstein | Giulia Zabelstein | IHK | 0341
Steinmetz Sandkamp | Jörg Sandkamp | HWK | 03435
Reisebüro Hellwange | Petra Hellwange | IHK | 03437
Kfz-Werkstatt Dornkamp | Enrico Dornkamp | HWK | 034202
Musikhaus Talbrück | Linus Talbrück | IHK | 0341
Fleischerei Hagelkamp | Kerstin Hagelkamp | HWK | 03421
Textilpflege Weißblatt | Lan Nguyen-Weiss | IHK | 0341
Baugeschäft Mauersholt | Olaf Mauersholt | HWK | 03437
Spielwaren Holunderbach | Astrid Holunderbach | IHK | 03433
Gerüstbau Steigenfels | Karsten Steigenfels | HWK | 0341
"""

REASONS = {
    Topic.BURGLARY: (
        "Wir bauen im Frühjahr um und möchten vorher Rat zu Türen und Fenstern.",
        "Lohnt sich für unser Lager eine Alarmanlage?",
        "Unsere Versicherung verlangt ein Sicherheitskonzept. Wo fangen wir an?",
    ),
    Topic.THEFT: (
        "Es geht um Ladendiebstahl und darum, wie wir unser Personal schulen.",
        "Aus Fahrzeugen vor dem Betrieb verschwand zweimal Werkzeug.",
        "Wie kennzeichnen wir Maschinen so, dass man sie wiedererkennt?",
    ),
    Topic.BUILDING_SITE: (
        "Wir möchten Maschinen und Fahrzeuge auf wechselnden Baustellen besser sichern.",
        "Von einer Baustelle wurde Diesel abgezapft.",
        "Kupferkabel auf Baustellen: Was hilft über das Wochenende?",
    ),
    Topic.ROBBERY: (
        "Wir möchten wissen, wie sich unser Team bei einem Überfall verhalten soll.",
        "Unsere Aushilfen schließen abends allein ab. Worauf sollen sie achten?",
        "Wir bringen täglich Bargeld zur Bank und suchen einen besseren Weg.",
    ),
    Topic.FRAUD: (
        "Wir erhielten Rechnungen mit geänderter Bankverbindung.",
        "Jemand gab sich am Telefon als unser Geschäftsführer aus.",
        "Großbestellungen aus dem Ausland: Woran erkennen wir Betrug?",
    ),
    Topic.CYBER: (
        "Nach einer verdächtigen E-Mail möchten wir wissen, wie wir uns vorbereiten.",
        "Wie sichern wir unsere Daten gegen Erpressung?",
        "Wir richten Arbeitsplätze zu Hause ein und möchten Rat dazu.",
    ),
}
NEEDS = (
    "Bitte einen Raum ohne Stufen, ich nutze einen Rollstuhl.",
    "Ich höre schlecht, bitte langsam und deutlich sprechen.",
    "Bitte Unterlagen in großer Schrift.",
)
OUTCOMES = (
    ("Grundschutz besprochen, Merkblatt mitgegeben.", Concern.NextStep.MATERIAL),
    ("Besuch vor Ort gewünscht, Rückruf vereinbart.", Concern.NextStep.VISIT),
    ("Fragen beantwortet, kein weiterer Bedarf.", Concern.NextStep.NONE),
    ("Zweites Gespräch mit der Betriebsleitung vorgesehen.", Concern.NextStep.TALK),
    ("An die Fachstelle für Angriffe über das Internet verwiesen.", Concern.NextStep.REFERRAL),
)


@dataclass(frozen=True)
class Firm:
    """`chamber` is an organisation's name."""

    name: str
    contact: str
    chamber: str
    membership_number: str
    email: str
    phone: str


def _read(number: int, line: str) -> Firm:
    name, contact, chamber, prefix = (part.strip() for part in line.split("|"))
    return Firm(
        name=name,
        contact=contact,
        chamber=HWK if chamber == "HWK" else IHK,
        membership_number=f"{chamber}-{100 + number:06d}" if number % 3 else "",
        email=f"{_plain(contact.split()[0])}@{_plain(name)}.example",
        phone=f"{prefix} 000-{2100 + number * 7}",
    )


def _plain(text: str) -> str:
    """'Bäckerei Semmelbrink' to 'baeckerei-semmelbrink'."""
    for letter, letters in (("ä", "ae"), ("ö", "oe"), ("ü", "ue"), ("ß", "ss"), ("ı", "i")):
        text = text.lower().replace(letter, letters)
    ascii_only = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return "-".join(ascii_only.split())


ALL_FIRMS = [_read(number, line) for number, line in enumerate(FIRMS.strip().splitlines())]
