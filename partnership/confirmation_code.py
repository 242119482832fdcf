"""A code by mail for whoever holds a session: 15 minutes, three tries, kept as a hash in the session."""

import hashlib
import hmac
import time

from allauth.core.internal.cryptokit import generate_user_code, normalize_user_code
from django.conf import settings
from django.contrib.sessions.backends.base import SessionBase
from django.db import transaction
from django.utils.translation import gettext as _

from partnership import account_mails
from partnership.models import Partnership, Person
from partnership.refusals import Refusal

KEY = "confirmation_code"
TRIES = 3


def send_code(*, session: SessionBase, partnership: Partnership, person: Person) -> None:
    code = new_code(session)
    with transaction.atomic():
        account_mails.send_sign_in_code(partnership=partnership, person=person, code=code)


def new_code(session: SessionBase, *, key: str = KEY) -> str:
    """For a mail; what was sent before under this key is void. `key` keeps codes for things apart."""
    code = str(generate_user_code(**settings.ACCOUNT_LOGIN_BY_CODE_FORMAT))
    session[key] = {"hash": _hash(code), "until": time.time() + _lasts(), "tries": TRIES}
    return code


def is_waiting(session: SessionBase, *, key: str = KEY) -> bool:
    kept = session.get(key)
    return kept is not None and kept["until"] > time.time() and kept["tries"] > 0


def check_code(*, session: SessionBase, code: str, key: str = KEY) -> None:
    """A right one is used up; after three wrong ones it takes a new one."""
    if not is_waiting(session, key=key):
        session.pop(key, None)
        raise Refusal(_("Dieser Code gilt nicht mehr. Fordern Sie einen neuen an."))
    kept = session[key]
    if not hmac.compare_digest(kept["hash"], _hash(code)):
        session[key] = kept | {"tries": kept["tries"] - 1}
        raise Refusal(_("Dieser Code passt nicht. Geben Sie den aus der neuesten E-Mail ein."))
    del session[key]


def _lasts() -> float:
    return account_mails.CODE_LASTS.total_seconds()


def _hash(code: str) -> str:
    return hashlib.sha256(normalize_user_code(code).encode()).hexdigest()
