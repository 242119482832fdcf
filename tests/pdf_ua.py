"""Whether a PDF can be read by somebody who does not see it, by the rules of PDF/UA-1, and how long it is."""

import re

from page import validate_pdf_bytes


def faults_of_pdf(pdf: bytes, *, profile: str = "ua1") -> list[str]:
    """Rule and message of each fault that a machine can find; what needs eyes it does not judge."""
    report = validate_pdf_bytes(pdf, profile=profile)
    return [f"{fault.rule_id}: {fault.message}" for fault in report.failures]


def pages_of(pdf: bytes) -> int:
    """Of one that is not compressed."""
    count = re.search(rb"/Type /Pages.*?/Count ([0-9]+)", pdf, re.DOTALL)
    assert count is not None
    return int(count[1])
