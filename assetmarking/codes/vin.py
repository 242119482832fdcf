"""Identification numbers: vehicles (ISO 3779) and earth-moving machinery (ISO 10261). Only ever a warning:
what stands on a thing is right, however it came there."""

import re

from django.utils.translation import gettext as _

LENGTH = 17
CHECK_POSITION = 9
NORTH_AMERICA = "12345"
"""First characters of makers whose vehicles must have a check digit; elsewhere it is no mistake without."""
_VALUES = {
    **{str(digit): digit for digit in range(10)},
    **dict(zip("ABCDEFGHJKLMNPRSTUVWXYZ", [*range(1, 9), *range(1, 6), 7, 9, *range(2, 10)], strict=True)),
}
_WEIGHTS = (8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2)
_SEPARATORS = re.compile(r"[\s.*–—-]+")
"""The star is punched at both ends of many numbers."""


def warnings_of(text: str) -> list[str]:
    number = _SEPARATORS.sub("", text).upper()
    if len(number) != LENGTH:
        words = _(
            "Fahrzeug- und Maschinen-Identifizierungsnummern haben seit 1981 17 Zeichen. Diese hat %(count)s."
        )
        return [words % {"count": len(number)}]
    if strange := "".join(sorted(set(number) - set(_VALUES))):
        words = _(
            "%(characters)s kommt in Identifizierungsnummern nicht vor. "
            "Statt I steht dort eine 1, statt O und Q eine 0."
        )
        return [words % {"characters": ", ".join(strange)}]
    return _warnings_of_parts(number)


def check_digit_of(number: str) -> str:
    """Of a whole number; what stands at its place does not count."""
    rest = sum(_VALUES[character] * weight for character, weight in zip(number, _WEIGHTS, strict=True)) % 11
    return "X" if rest == 10 else str(rest)


def _warnings_of_parts(number: str) -> list[str]:
    """A letter other than X at the ninth place makes it a machine's number, whose last digits are free."""
    at_check = number[CHECK_POSITION - 1]
    if at_check.isalpha() and at_check != "X":
        return []
    found = []
    if not number[-4:].isdigit():
        found.append(_("Die letzten vier Zeichen einer Fahrzeug-Identifizierungsnummer sind Ziffern."))
    if number[0] in NORTH_AMERICA and at_check != check_digit_of(number):
        found.append(
            _(
                "Die Prüfziffer an neunter Stelle passt nicht zu den übrigen Zeichen. "
                "Bitte vergleichen Sie die Nummer noch einmal."
            )
        )
    return found
