"""Wherever a table points at a person, somebody has decided what becomes of it when that person is erased."""

from collections.abc import Iterator

from django.apps import apps
from django.db.models import PROTECT

from partnership.models import Person

LOSE_THE_NAME = {
    "assetmarking.Asset.recorded_by",
    "assetmarking.ImportRun.person",
    "assetmarking.LabelSheet.made_by",
    "assetmarking.SearchSettings.changed_by",
    "assetmarking.TheftReport.confirmed_by",
    "assetmarking.TheftReport.reported_by",
    "assetmarking.Transfer.offered_by",
    "consultations.Absence.reported_by",
    "consultations.Appointment.person",
    "consultations.Checklist.put_in_force_by",
    "consultations.ChecklistItem.signed_off_by",
    "consultations.Finding.saved_by",
    "consultations.Lane.absent",
    "consultations.Lane.agreed_by",
    "consultations.Lane.asked_by",
    "consultations.OfficeHours.created_by",
    "consultations.OfficeHoursSeries.created_by",
    "consultations.PhoneTask.done_by",
    "consultations.PhoneTask.taken_by",
    "consultations.ProtectionClass.signed_off_by",
    "consultations.ReportOpening.person",
    "consultations.ReportReader.added_by",
    "consultations.ReportReader.person",
    "consultations.Uptake.told_by",
    "consultations.VisitReport.begun_by",
    "consultations.VisitReport.released_by",
    "consultations.VisitRequest.entered_by",
    "consultations.VisitRequest.person",
    "consultations.VisitRequestStep.by",
    "consultations.VisitRequestStep.to",
    "forums.Attendance.noted_by",
    "forums.Certificate.issued_by",
    "forums.Certificate.revoked_by",
    "forums.EventInvitation.added_by",
    "forums.Material.added_by",
    "forums.Material.rights_clear_by",
    "forums.PartBooking.beyond_by",
    "forums.Registration.entered_by",
    "forums.Registration.person",
    "partnership.BlockedAddress.lifted_by",
    "partnership.BrochurePartner.released_by",
    "partnership.ErasurePart.decided_by",
    "partnership.ErasureRequest.person",
    "partnership.FirmContact.invited_by",
    "partnership.FirmContact.person",
    "partnership.FirmMerge.merged_by",
    "partnership.FirmMerge.undone_by",
    "partnership.Invitation.invited_by",
    "partnership.LogEntry.actor",
    "partnership.NoDuplicate.decided_by",
    "partnership.Photo.added_by",
    "partnership.RetentionHold.ended_by",
    "partnership.RetentionHold.placed_by",
}
"""The row stays and names nobody. What of it tells who it was, the app's `erasing` takes out."""
GO_ALONG = {
    "assetmarking.Search.person",
    "consultations.DayNotice.person",
    "consultations.FreedTime.officer",
    "partnership.CalendarFeed.person",
    "partnership.Deputy.person",
    "partnership.PendingAddress.person",
    "partnership.Person_groups.person",
    "partnership.Person_user_permissions.person",
    "partnership.Post.person",
    "partnership.SecondFactorReset.person",
    "account.EmailAddress.user",
    "admin.LogEntry.user",
    "mfa.Authenticator.user",
    "usersessions.UserSession.user",
}
KEEP_AN_EMPTY_ROW = {
    "consultations.Absence.officer",
    "consultations.Claim.officer",
    "consultations.Lane.officer",
    "consultations.OfficeHoursSeries.officer",
    "consultations.OfficeHoursSeries.second_officer",
    "consultations.Visit.officer",
    "consultations.VisitRequest.officer",
    "partnership.SecondFactorReset.asked_by",
    "partnership.SecondFactorReset.confirmed_by",
}
"""Duties of people with a post: their row loses name and address and stays (docs/decisions/0011)."""


def pointing_at_people() -> Iterator[tuple[str, object]]:
    for model in apps.get_models(include_auto_created=True):
        for field in (*model._meta.concrete_fields, *model._meta.many_to_many):
            if field.related_model is Person:
                yield f"{model._meta.label}.{field.name}", getattr(field.remote_field, "on_delete", None)


def test_every_relation_to_a_person_is_decided() -> None:
    assert {name for name, _rule in pointing_at_people()} == LOSE_THE_NAME | GO_ALONG | KEEP_AN_EMPTY_ROW


def test_only_what_officers_did_keeps_a_row() -> None:
    assert {name for name, rule in pointing_at_people() if rule is PROTECT} == KEEP_AN_EMPTY_ROW
