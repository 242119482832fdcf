"""Municipalities around Leipzig with their centres and postcodes, typed in.

Keys, names and centres: the 61 municipalities of the Leipzig police directorate on 31 December 2018,
rounded to three digits. © GeoBasis-DE / BKG (2019), Daten verändert; Gemeindeverzeichnis: Statistisches
Bundesamt (Destatis), dl-de/by-2-0. Postcodes from general knowledge; one that several municipalities
share stands with the largest of them, whose centre is what most firms mean by it.
"""

import datetime
from typing import NamedTuple

VALID_FROM = datetime.date(2018, 12, 31)


class Municipality(NamedTuple):
    """By official key (AGS), with its centre in degrees (WGS84) and postcodes apart by spaces."""

    ags: str
    name: str
    latitude: float
    longitude: float
    postcodes: str


LEIPZIG_POSTCODES = (
    "04103 04105 04107 04109 04129 04155 04157 04158 04159 04177 04178 04179 04205 04207 04209 04229 04249 "
    "04275 04277 04279 04288 04289 04299 04315 04316 04317 04318 04319 04328 04329 04347 04349 04356 04357"
)
MUNICIPALITIES = [
    Municipality("14713000", "Leipzig", 51.338, 12.378, LEIPZIG_POSTCODES),
    Municipality("14729010", "Bad Lausick", 51.145, 12.640, "04651"),
    Municipality("14729020", "Belgershain", 51.234, 12.549, ""),
    Municipality("14729030", "Bennewitz", 51.361, 12.711, "04828"),
    Municipality("14729040", "Böhlen", 51.203, 12.387, "04564"),
    Municipality("14729050", "Borna", 51.123, 12.497, "04552"),
    Municipality("14729060", "Borsdorf", 51.348, 12.539, "04451"),
    Municipality("14729070", "Brandis", 51.334, 12.609, "04821 04824"),
    Municipality("14729080", "Colditz", 51.126, 12.807, "04680"),
    Municipality("14729100", "Elstertrebnitz", 51.147, 12.239, ""),
    Municipality("14729140", "Frohburg", 51.057, 12.556, "04654 04655"),
    Municipality("14729150", "Geithain", 51.054, 12.695, "04643 04657"),
    Municipality("14729160", "Grimma", 51.235, 12.727, "04668 04685 04688"),
    Municipality("14729170", "Groitzsch", 51.154, 12.281, "04539"),
    Municipality("14729190", "Großpösna", 51.271, 12.503, "04463"),
    Municipality("14729220", "Kitzscher", 51.160, 12.555, "04567"),
    Municipality("14729245", "Lossatal", 51.398, 12.873, ""),
    Municipality("14729250", "Machern", 51.359, 12.629, "04827"),
    Municipality("14729260", "Markkleeberg", 51.280, 12.374, "04416"),
    Municipality("14729270", "Markranstädt", 51.301, 12.220, "04420"),
    Municipality("14729300", "Naunhof", 51.278, 12.588, "04683"),
    Municipality("14729320", "Neukieritzsch", 51.152, 12.409, "04574 04575"),
    Municipality("14729330", "Otterwisch", 51.203, 12.610, ""),
    Municipality("14729340", "Parthenstein", 51.253, 12.637, ""),
    Municipality("14729350", "Pegau", 51.168, 12.248, "04523"),
    Municipality("14729360", "Regis-Breitingen", 51.088, 12.434, "04565"),
    Municipality("14729370", "Rötha", 51.198, 12.415, "04571 04579"),
    Municipality("14729380", "Thallwitz", 51.433, 12.682, ""),
    Municipality("14729400", "Trebsen/Mulde", 51.289, 12.755, "04687"),
    Municipality("14729410", "Wurzen", 51.370, 12.735, "04808"),
    Municipality("14729430", "Zwenkau", 51.218, 12.327, "04442"),
    Municipality("14730010", "Arzberg", 51.527, 13.125, ""),
    Municipality("14730020", "Bad Düben", 51.592, 12.586, "04849"),
    Municipality("14730030", "Beilrode", 51.570, 13.067, "04886"),
    Municipality("14730045", "Belgern-Schildau", 51.457, 12.927, "04874 04889"),
    Municipality("14730050", "Cavertitz", 51.387, 13.127, ""),
    Municipality("14730060", "Dahlen", 51.366, 12.996, "04774"),
    Municipality("14730070", "Delitzsch", 51.523, 12.334, "04509"),
    Municipality("14730080", "Doberschütz", 51.499, 12.740, ""),
    Municipality("14730090", "Dommitzsch", 51.640, 12.884, "04880"),
    Municipality("14730100", "Dreiheide", 51.563, 12.930, ""),
    Municipality("14730110", "Eilenburg", 51.460, 12.633, "04838"),
    Municipality("14730120", "Elsnig", 51.611, 12.928, ""),
    Municipality("14730140", "Jesewitz", 51.423, 12.563, ""),
    Municipality("14730150", "Krostitz", 51.462, 12.454, ""),
    Municipality("14730160", "Laußig", 51.546, 12.632, ""),
    Municipality("14730170", "Liebschützberg", 51.315, 13.185, ""),
    Municipality("14730180", "Löbnitz", 51.592, 12.463, ""),
    Municipality("14730190", "Mockrehna", 51.508, 12.815, "04862"),
    Municipality("14730200", "Mügeln", 51.237, 13.046, "04769"),
    Municipality("14730210", "Naundorf", 51.257, 13.107, ""),
    Municipality("14730230", "Oschatz", 51.297, 13.109, "04758"),
    Municipality("14730250", "Rackwitz", 51.435, 12.380, "04519"),
    Municipality("14730270", "Schkeuditz", 51.396, 12.222, "04435"),
    Municipality("14730280", "Schönwölkau", 51.497, 12.497, ""),
    Municipality("14730300", "Taucha", 51.382, 12.502, "04425"),
    Municipality("14730310", "Torgau", 51.559, 13.004, "04860"),
    Municipality("14730320", "Trossin", 51.618, 12.825, ""),
    Municipality("14730330", "Wermsdorf", 51.284, 12.939, "04779"),
    Municipality("14730340", "Wiedemar", 51.466, 12.207, ""),
    Municipality("14730360", "Zschepplin", 51.502, 12.604, ""),
]
