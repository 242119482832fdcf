"""Where an act leads."""

import re

from django.http import HttpResponse

from partnership.notices import PARAMETER


def address_without_notice(response: HttpResponse) -> str:
    """The redirect's address without the name of the sentence it shows."""
    return re.sub(rf"[?&]{PARAMETER}=\w+$", "", response["Location"])
