"""What a thing is: two levels, for crafts and construction. Keys are stored, labels are German."""

from dataclasses import dataclass
from functools import cache
from typing import Any

from django.utils import translation
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

OTHER = "other.other"
SPELLED = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})
NO_NAMES = frozenset({"oder", "und", "koffer", "anderes", "anderer", "elektrisches", "geraet"})
"""Words of labels that name nothing by themselves."""


@dataclass(frozen=True, slots=True)
class Group:
    """`leaves`: key after the dot -> label, and further words by which lists call it."""

    label: Any
    leaves: dict[str, tuple[Any, str]]


TREE: dict[str, Group] = {
    "power_tool": Group(
        _("Elektrowerkzeug"),
        {
            "drill": (_("Bohrmaschine oder Bohrhammer"), "bohrer kombihammer hilti schlagbohrmaschine"),
            "driver": (_("Akkuschrauber oder Schlagschrauber"), "akkubohrschrauber bohrschrauber schrauber"),
            "breaker": (_("Abbruchhammer oder Meißelhammer"), "stemmhammer abbruch meissel"),
            "grinder": (_("Winkelschleifer"), "trennschleifer flex schleifmaschine"),
            "sander": (_("Schleifer oder Polierer"), "exzenterschleifer bandschleifer schwingschleifer"),
            "circular_saw": (_("Kreissäge oder Tauchsäge"), "handkreissäge tischkreissäge tauchkreissäge"),
            "jigsaw": (_("Stichsäge oder Säbelsäge"), "pendelsäge reciprosäge"),
            "mitre_saw": (_("Kappsäge"), "gehrungssäge paneelsäge"),
            "router": (_("Oberfräse oder Lamellofräse"), "fräse nutfräse flachdübelfräse"),
            "planer": (_("Hobel"), "elektrohobel handhobel"),
            "multi_tool": (_("Multifunktionswerkzeug"), "oszillierer multitool"),
            "nailer": (_("Nagler oder Tacker"), "druckluftnagler setzgerät bolzensetzgerät klammergerät"),
            "core_drill": (_("Kernbohrgerät"), "diamantbohrgerät kernbohrer"),
            "mixer": (_("Rührwerk"), "rührgerät mischer handrührwerk"),
            "vacuum": (_("Bausauger"), "staubsauger industriesauger nasssauger"),
            "charger": (_("Akku oder Ladegerät"), "akkupack ladestation"),
            "set": (_("Werkzeugsatz im Koffer"), "koffer systainer maschinensatz"),
        },
    ),
    "hand_tool": Group(
        _("Handwerkzeug"),
        {
            "case": (_("Werkzeugkoffer oder Werkzeugwagen"), "werkzeugkasten werkstattwagen"),
            "torque": (_("Drehmomentschlüssel"), "drehmoment"),
            "press": (_("Presswerkzeug"), "presszange pressbacken pressmaschine rohrpresse"),
            "cutter": (_("Rohrschneider oder Biegegerät"), "rohrbieger gewindeschneider"),
            "other": (_("anderes Handwerkzeug"), "handwerkzeug"),
        },
    ),
    "measuring": Group(
        _("Messgerät"),
        {
            "laser": (_("Laser oder Rotationslaser"), "linienlaser kreuzlinienlaser baulaser"),
            "distance": (_("Entfernungsmesser"), "laserentfernungsmesser distanzmesser"),
            "level": (_("Nivelliergerät oder Tachymeter"), "nivellier theodolit totalstation"),
            "gnss": (_("Satellitenempfänger"), "gnss gps rover"),
            "thermal": (_("Wärmebildkamera"), "thermografie"),
            "electric": (_("elektrisches Messgerät"), "multimeter installationstester vde prüfgerät"),
            "locator": (_("Ortungsgerät"), "leitungssucher kabelortung detektor"),
        },
    ),
    "site": Group(
        _("Baustellengerät"),
        {
            "generator": (_("Stromerzeuger"), "notstromaggregat generator aggregat stromaggregat"),
            "compressor": (_("Kompressor"), "druckluft baukompressor"),
            "pump": (_("Pumpe"), "tauchpumpe schmutzwasserpumpe"),
            "plate": (_("Rüttelplatte oder Stampfer"), "vibrationsplatte rüttler vibrationsstampfer"),
            "cut_off": (_("Trennjäger oder Fugenschneider"), "motortrenner motortrennschleifer"),
            "concrete": (_("Betonmischer oder Betonrüttler"), "mischmaschine innenrüttler flaschenrüttler"),
            "welder": (_("Schweißgerät"), "schweissgerät inverter wig mig mag"),
            "heater": (_("Bautrockner oder Heizgerät"), "heizlüfter trockner entfeuchter"),
            "washer": (_("Hochdruckreiniger"), "dampfstrahler"),
            "light": (_("Baustellenbeleuchtung"), "lichtmast strahler lampe"),
            "ladder": (_("Leiter oder Gerüst"), "rollgerüst fahrgerüst gerüst"),
            "hoist": (_("Hebezeug oder Winde"), "kettenzug seilwinde bauaufzug"),
            "formwork": (_("Schalung oder Baustützen"), "schaltafeln verbau schalungselement"),
            "container": (_("Container oder Bauwagen"), "baucontainer materialcontainer"),
            "cable": (_("Kabel oder Baustromverteiler"), "verteilerkasten kabeltrommel starkstromkabel"),
        },
    ),
    "machine": Group(
        _("Baumaschine"),
        {
            "mini_excavator": (_("Minibagger"), "kompaktbagger"),
            "excavator": (_("Bagger"), "raupenbagger mobilbagger"),
            "wheel_loader": (_("Radlader"), "hoflader kompaktlader lader"),
            "dumper": (_("Dumper oder Raddumper"), "muldenkipper motorjapaner"),
            "roller": (_("Walze"), "grabenwalze tandemwalze"),
            "telehandler": (_("Teleskoplader oder Stapler"), "gabelstapler teleskopstapler"),
            "platform": (_("Arbeitsbühne"), "hebebühne scherenbühne"),
            "attachment": (_("Anbaugerät"), "tieflöffel baggerlöffel greifer schnellwechsler"),
            "crane": (_("Kran"), "ladekran baukran"),
        },
    ),
    "garden": Group(
        _("Garten, Forst und Landwirtschaft"),
        {
            "chainsaw": (_("Motorsäge"), "kettensäge motorkettensäge"),
            "brush_cutter": (_("Freischneider oder Heckenschere"), "motorsense hochentaster"),
            "mower": (_("Rasenmäher oder Aufsitzmäher"), "mähroboter mäher"),
            "blower": (_("Laubbläser"), "bläser"),
            "chipper": (_("Häcksler oder Holzspalter"), "hacker spalter"),
            "tractor": (_("Traktor oder Kommunalfahrzeug"), "schlepper trecker"),
            "implement": (_("landwirtschaftliches Gerät"), "pflug egge spritze"),
            "steering": (_("Lenksystem oder Bildschirm"), "gps lenksystem terminal display"),
        },
    ),
    "vehicle": Group(
        _("Fahrzeug und Anhänger"),
        {
            "trailer": (_("Anhänger"), "pkw anhänger tieflader kipper"),
            "van": (_("Transporter"), "kastenwagen pritsche"),
            "truck": (_("Lkw"), "lastwagen sattelzug"),
            "bike": (_("Fahrrad oder Lastenrad"), "e-bike pedelec elektrorad"),
            "scooter": (_("Roller oder Motorrad"), "motorroller"),
            "part": (_("Fahrzeugteil"), "katalysator airbag reifen felgen"),
        },
    ),
    "workshop": Group(
        _("Werkstatt"),
        {
            "machine": (_("Werkstattmaschine"), "drehbank fräsmaschine ständerbohrmaschine formatkreissäge"),
            "lift": (_("Hebebühne"), "wagenheber"),
            "diagnostic": (_("Diagnosegerät"), "tester obd"),
            "tool_machine": (_("Plotter oder 3D-Drucker"), "cnc laserschneider plotter"),
        },
    ),
    "office": Group(
        _("Büro und Technik"),
        {
            "computer": (_("Computer oder Notebook"), "laptop pc rechner"),
            "tablet": (_("Tablet oder Telefon"), "smartphone handy mobiltelefon ipad"),
            "camera": (_("Kamera oder Drohne"), "fotoapparat objektiv"),
            "printer": (_("Drucker"), "plotter kopierer"),
            "screen": (_("Bildschirm oder Beamer"), "monitor projektor"),
            "cash": (_("Kasse oder Tresor"), "kassensystem kartenterminal"),
            "audio": (_("Ton- oder Lichttechnik"), "lautsprecher mischpult scheinwerfer"),
        },
    ),
    "other": Group(_("Anderes"), {"other": (_("anderes Gerät"), "sonstiges sonstige divers")}),
}
LEAVES: dict[str, Any] = {
    f"{group}.{leaf}": label for group, tree in TREE.items() for leaf, (label, _words) in tree.leaves.items()
}


def category_label(key: str) -> str:
    return str(LEAVES.get(key, LEAVES[OTHER]))


def category_choices() -> list[tuple[str, list[tuple[str, str]]]]:
    """By group, as a select shows it."""
    return [
        (str(tree.label), [(f"{group}.{leaf}", str(label)) for leaf, (label, _words) in tree.leaves.items()])
        for group, tree in TREE.items()
    ]


def find_category(words: str) -> str | None:
    """The key for what a list calls it: a key, a German label, or the word that names a leaf best."""
    wanted = words.strip()
    if wanted in LEAVES:
        return wanted
    folded = _folded(wanted)
    return _keys_by_label().get(folded) or _by_word(folded)


def _by_word(wanted: str) -> str | None:
    """The longest of our words that is a part of what is wanted, or ends one: Akku-Pendelstichsäge."""
    parts = wanted.split("-")
    hits = [
        (len(word), key)
        for word, key in _keys_by_word().items()
        if any(part == word or (len(word) > 4 and part.endswith(word)) for part in parts)
    ]
    return max(hits, key=lambda hit: hit[0])[1] if hits else None


@cache
def _keys_by_label() -> dict[str, str]:
    with translation.override(None):
        return {_folded(str(label)): key for key, label in LEAVES.items()}


@cache
def _keys_by_word() -> dict[str, str]:
    """A word that names two kinds of things is the first one's."""
    found: dict[str, str] = {}
    with translation.override(None):
        for group, tree in TREE.items():
            for leaf, (label, words) in tree.leaves.items():
                for word in _folded(f"{label} {words}").split("-"):
                    if len(word) > 2 and word not in NO_NAMES:
                        found.setdefault(word, f"{group}.{leaf}")
    return found


def _folded(words: str) -> str:
    """Small letters, ä as ae, everything else one hyphen."""
    return slugify(words.lower().translate(SPELLED))
