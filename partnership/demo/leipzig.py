"""Who and where of the Leipzig demo, typed in.

Organisations and towns exist; streets, telephone numbers, e-mail addresses, rooms and people are invented.
Which chamber has a house in which town: the chambers' pages, 2016 to 2019.
"""

from dataclasses import dataclass
from typing import Any

from partnership.models import Office, Organisation, Post

SLUG = "leipzig"
IHK = "IHK zu Leipzig"
HWK = "Handwerkskammer zu Leipzig"
POLICE = "Polizeidirektion Leipzig"

IHK_HOUSE = "IHK zu Leipzig, Haupthaus"
HWK_HOUSE = "Handwerkskammer zu Leipzig, Haupthaus"
BORNA = "IHK-Regionalbüro Borna"
DELITZSCH = "IHK-Regionalbüro Delitzsch"
GRIMMA = "IHK-Regionalbüro Grimma"
OSCHATZ = "IHK-Servicebüro Oschatz"
STATION = "Polizeiliche Beratungsstelle Leipzig"
TORGAU = "IHK-Regionalbüro Torgau"

PARTNERSHIP: dict[str, Any] = {
    "name": "Sicherheitspartnerschaft Leipzig",
    "short_name": "Sicherheitspartnerschaft Leipzig",
    "region_line": "Für Betriebe in Leipzig, im Landkreis Leipzig und in Nordsachsen",
    "partners_line": "Gemeinsames Angebot von IHK zu Leipzig, Handwerkskammer zu Leipzig "
    "und Polizeidirektion Leipzig",
    "email": "kontakt@partnerschaft-demo.example",
    "phone": "0341 000-1234",
    "phone_hours": "Montag bis Freitag, 9:00 bis 15:00 Uhr",
    "sender_name": "Sicherheitspartnerschaft Leipzig",
    "sender_email": "termine@partnerschaft-demo.example",
}

ORGANISATIONS: list[dict[str, Any]] = [
    {
        "name": IHK,
        "short_name": "IHK",
        "kind": Organisation.Kind.CHAMBER,
        "services_line": "Sprechtage im Haupthaus und in Borna, Delitzsch, Grimma, Oschatz und Torgau",
    },
    {
        "name": HWK,
        "short_name": "Handwerkskammer",
        "kind": Organisation.Kind.CHAMBER,
        "services_line": "Sprechtage für das Handwerk im Haupthaus in Leipzig",
    },
    {
        "name": POLICE,
        "short_name": "Polizei Leipzig",
        "kind": Organisation.Kind.POLICE,
        "services_line": "Fachleute für Vorbeugung, unabhängig von Herstellern",
    },
]


@dataclass(frozen=True, kw_only=True)
class House:
    """An office with its rooms. `area` is an official key; latitude and longitude are the town centre's."""

    name: str
    organisation: str = IHK
    kind: Office.Kind = Office.Kind.REGIONAL
    building: str = ""
    street: str
    postcode: str
    city: str
    area: str
    latitude: float
    longitude: float
    phone: str
    step_free: bool = True
    access_note: str
    by_train: str
    by_car: str
    rooms: tuple[str, ...]
    closed_between_the_years: bool = False


HOUSES = [
    House(
        name=IHK_HOUSE,
        kind=Office.Kind.MAIN,
        street="Demostraße 1",
        postcode="04109",
        city="Leipzig",
        area="14713000",
        latitude=51.3434,
        longitude=12.3707,
        phone="0341 000-1200",
        access_note="Der Aufzug ist links vom Empfang.",
        by_train="S-Bahn oder Straßenbahn bis Hauptbahnhof, dann 8 Minuten zu Fuß",
        by_car="Tiefgarage am Haus, die erste Stunde ist frei",
        rooms=("Raum 2.14", "Raum 1.03", "Raum 0.07"),
        closed_between_the_years=True,
    ),
    House(
        name=HWK_HOUSE,
        organisation=HWK,
        kind=Office.Kind.MAIN,
        street="Demostraße 11",
        postcode="04103",
        city="Leipzig",
        area="14713000",
        latitude=51.3353,
        longitude=12.3935,
        phone="0341 000-3400",
        access_note="Der stufenlose Eingang liegt im Hof. Bitte klingeln Sie dort.",
        by_train="Straßenbahn bis Johannisplatz, dann 4 Minuten zu Fuß",
        by_car="Parkplätze im Hof, Einfahrt von der Rückseite",
        rooms=("Raum 212", "Raum 115"),
        closed_between_the_years=True,
    ),
    House(
        name=BORNA,
        street="Demostraße 7",
        postcode="04552",
        city="Borna",
        area="14729050",
        latitude=51.1243,
        longitude=12.4962,
        phone="03433 000-21",
        access_note="Der Beratungsraum liegt im Erdgeschoss.",
        by_train="S-Bahn bis Borna, dann 9 Minuten zu Fuß",
        by_car="Parkplätze am Markt, 2 Stunden mit Parkscheibe",
        rooms=("Beratungsraum 2",),
    ),
    House(
        name=DELITZSCH,
        street="Demostraße 12",
        postcode="04509",
        city="Delitzsch",
        area="14730070",
        latitude=51.5264,
        longitude=12.3423,
        phone="034202 000-18",
        access_note="Bitte melden Sie sich am Empfang.",
        by_train="S-Bahn bis Delitzsch unterer Bahnhof, dann 7 Minuten zu Fuß",
        by_car="Parkplätze vor dem Haus",
        rooms=("Beratungsraum",),
        closed_between_the_years=True,
    ),
    House(
        name=GRIMMA,
        building="Haus der Wirtschaft",
        street="Demostraße 4",
        postcode="04668",
        city="Grimma",
        area="14729160",
        latitude=51.2364,
        longitude=12.7258,
        phone="03437 000-55",
        access_note="Der Aufzug ist links vom Empfang.",
        by_train="Regionalbahn bis Grimma, dann 6 Minuten zu Fuß",
        by_car="Parkplätze hinter dem Haus, 2 Stunden frei",
        rooms=("Raum 1.04", "Raum 0.02"),
    ),
    House(
        name=OSCHATZ,
        street="Demostraße 9",
        postcode="04758",
        city="Oschatz",
        area="14730230",
        latitude=51.3002,
        longitude=13.1073,
        phone="03435 000-27",
        step_free=False,
        access_note="Das Sitzungszimmer liegt im ersten Stock ohne Aufzug. "
        "Brauchen Sie einen stufenlosen Raum, rufen Sie bitte an.",
        by_train="Regionalbahn bis Oschatz, dann 12 Minuten zu Fuß",
        by_car="Parkplätze am Neumarkt",
        rooms=("Sitzungszimmer",),
        closed_between_the_years=True,
    ),
    House(
        name=TORGAU,
        street="Demostraße 3",
        postcode="04860",
        city="Torgau",
        area="14730310",
        latitude=51.5603,
        longitude=13.0049,
        phone="03421 000-63",
        access_note="Der stufenlose Eingang liegt an der Seite, der Raum im Erdgeschoss.",
        by_train="S-Bahn bis Torgau, dann 8 Minuten zu Fuß",
        by_car="Parkplätze in der Seitenstraße",
        rooms=("Beratungsraum 1",),
    ),
    House(
        name=STATION,
        organisation=POLICE,
        kind=Office.Kind.STATION,
        street="Demostraße 20",
        postcode="04107",
        city="Leipzig",
        area="14713000",
        latitude=51.3325,
        longitude=12.3722,
        phone="0341 000-2300",
        access_note="Bitte melden Sie sich an der Wache.",
        by_train="Straßenbahn bis Wilhelm-Leuschner-Platz, dann 6 Minuten zu Fuß",
        by_car="Parkplätze in der Seitenstraße",
        rooms=(),
    ),
]


@dataclass(frozen=True)
class Somebody:
    """A person of the demo; `organisation` is empty for a post in the partnership itself."""

    email: str
    name: str
    role: Post.Role
    organisation: str = ""
    signs_in: bool = True


FIRM_OWNER_EMAIL = "firma@demo.example"
IHK_DESK = "kammer@demo.example"
HWK_DESK = "handwerk@demo.example"
OFFICER = "polizei@demo.example"
LEAD = "leitung@demo.example"
SECOND_OFFICER = "s.falkner@demo.example"
THIRD_OFFICER = "b.habermas-lang@demo.example"
FOURTH_OFFICER = "d.aydin@demo.example"

TECHNICIAN = "technik@demo.example"
TECHNICIAN_NAME = "Theda Kupfergarn"

PEOPLE = [
    Somebody(IHK_DESK, "Carla Tannhof", Post.Role.DESK, IHK),
    Somebody(HWK_DESK, "Hilmar Sandvoss", Post.Role.DESK, HWK),
    Somebody(OFFICER, "Pauline Rabenstein", Post.Role.OFFICER, POLICE),
    Somebody(SECOND_OFFICER, "Sören Falkner", Post.Role.OFFICER, POLICE, signs_in=False),
    Somebody(THIRD_OFFICER, "Birgit Habermas-Lang", Post.Role.OFFICER, POLICE, signs_in=False),
    Somebody(FOURTH_OFFICER, "Deniz Aydın", Post.Role.OFFICER, POLICE, signs_in=False),
    Somebody(LEAD, "Lennart Vosskamp", Post.Role.LEAD, POLICE),
    Somebody("datenschutz@demo.example", "Dorothea Stillwasser", Post.Role.AUDITOR, POLICE),
    Somebody("koordination@demo.example", "Kristin Immergrün", Post.Role.COORDINATOR),
    Somebody("koordination2@demo.example", "Torben Wacholder", Post.Role.COORDINATOR),
]

FIRM_OWNER = "Franka Lindwurm"
FIRM_PHONE = "03437 000-4410"
FIRM: dict[str, Any] = {"name": "Tischlerei Lindwurm", "membership_number": "HWK-000441"}
FIRM_CHAMBER = HWK
FIRM_SITE: dict[str, Any] = {
    "name": "Werkstatt",
    "street": "Demogasse 8",
    "postcode": "04668",
    "city": "Grimma",
}
FIRM_SITE_AREA = "14729160"
FIRM_YARD: dict[str, Any] = {
    "name": "Lager",
    "street": "Beispielweg 3",
    "postcode": "04808",
    "city": "Wurzen",
}
FIRM_COLLEAGUE = ("Bodo Lindwurm", "b.lindwurm@demo.example")
FIRM_INVITED = ("Jette Morgenrot", "j.morgenrot@demo.example")
