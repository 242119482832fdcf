"""The key under which a mark is looked up."""

import re

from assetmarking.matching.folding import fold, in_capitals

NO_NUMBER = frozenset(
    {
        *("", "UNBEKANNT", "UNBEK", "UNB", "UNKNOWN", "NICHTBEKANNT", "NICHTLESBAR", "UNLESERLICH"),
        *("UNLESBAR", "NICHTERKENNBAR", "NICHTVORHANDEN", "NICHTANGEGEBEN", "NV", "NB", "NA", "KA", "OA"),
        *("KEINE", "KEIN", "KEINENUMMER", "KEINESERIENNUMMER", "KEINESN", "KEINEANGABE", "KEINEANGABEN"),
        *("OHNE", "OHNENUMMER", "OHNESERIENNUMMER", "OHNESN", "OHNEANGABE", "OHNENR", "KEINENR"),
        *("FEHLT", "ENTFERNT", "VERLOREN", "SIEHETYPENSCHILD", "SIEHEGERÄT", "SIEHEGERAET", "FOLGT"),
        *("NONE", "NULL", "NIL", "TBD", "TEST", "NOSERIAL", "NOSERIALNUMBER", "NOTAVAILABLE", "LEER"),
        *("SERIENNUMMER", "SERIENNR", "SERNR", "SN", "NUMMER", "NR", "FABRIKNUMMER", "GERÄTENUMMER"),
    }
)
"""What people write where there is no number: never stored as one, and it matches nothing."""
WHOLE = ("identification", "rfid", "forensic", "own_code")
"""Kinds of mark of a set form, in which each zero counts."""
_LABEL = re.compile(
    r"^\s*(?:"
    r"(?:(?:SER(?:IEN)?|FABR(?:IK)?|FAHRGESTELL|MASCH(?:INEN)?|GER(?:Ä|AE)TE)\.?[-\s]*(?:NUMMER|NR)|"
    r"SERIAL\s*(?:NUMBER|NO)|S\s*/\s*N)\b"
    r"|(?:SERIAL|SN|SER|NUMMER|NR|NO|FIN|VIN|PIN|EIN|UID)\s*(?=[.:#=])"
    r")[\s.:#=]*(?:(?:NR|NO)\s*[.:#=]+\s*)?(?=.*\w)"
)
"""Short words only with a colon or the like behind them: they may as well be the number's first letters."""
_SEPARATORS = re.compile(r"[^\w|?]+|_+")
"""A question mark stands for what cannot be read."""
_ZEROS_FIRST = re.compile(r"(?<![0-9])0+(?=[0-9])")


def key_of(kind: str, text: str) -> str:
    """Of a mark as it stands on a thing: no separators, no zeros at the start of groups of digits, folded.

    Empty for what is no number.
    """
    if is_no_number(text):
        return ""
    capitals = without_label(in_capitals(text))
    counted = capitals if kind in WHOLE else _ZEROS_FIRST.sub("", capitals)
    return fold(bare(counted))


def without_label(capitals: str) -> str:
    """'S/N: 4471' is 4471; a letter that belongs to the number has no colon behind it."""
    return _LABEL.sub("", capitals)


def bare(capitals: str) -> str:
    return _SEPARATORS.sub("", capitals)


def is_no_number(text: str) -> bool:
    """Also what fills a field: 0000, XXX, NNN, 9999, ???."""
    characters = bare(without_label(in_capitals(text)))
    is_word = any(character.isalnum() for character in characters)
    return characters in NO_NUMBER or not is_word or (len(set(characters)) == 1 and characters[0] in "0XN?9")
