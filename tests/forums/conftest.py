from tests.consultations.conftest import mails_of
from tests.smtp import postbox

__all__ = ["mails_of", "postbox"]
