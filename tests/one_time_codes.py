"""What an authenticator app would show."""

import time

from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value

from tests.factories import SECRET


def code_of_app(secret: str = SECRET, *, steps: int = 0) -> str:
    """Now, or so many times 30 seconds later."""
    return str(format_hotp_value(hotp_value(secret, int(time.time()) // 30 + steps)))
