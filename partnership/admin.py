"""What technicians set up and look at under /technik/."""

from typing import Any

from allauth.account.admin import EmailAddress
from allauth.mfa.admin import Authenticator
from allauth.usersessions.admin import UserSession
from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.models import Group
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from partnership.blocked_addresses import lift_block
from partnership.journal import act_label
from partnership.models import (
    Area,
    BlockedAddress,
    Firm,
    FirmContact,
    LogEntry,
    Membership,
    Office,
    OfficeClosure,
    Organisation,
    OutgoingMail,
    Partnership,
    Person,
    Post,
    ReceivedMail,
    Room,
    Site,
)
from partnership.outbox import mail_label

# rights follow from posts; addresses stand on the person; sessions and second factors are their owner's,
# who loses one turns to two people (partnership/second_factor_reset.py)
admin.site.unregister([Group, EmailAddress, Authenticator, UserSession])


class Table(admin.ModelAdmin):  # type: ignore[type-arg]
    list_per_page = 50


class Rows(admin.TabularInline):  # type: ignore[type-arg]
    extra = 0


class ReadOnlyTable(Table):
    """Rows that acts write: looked at here, never added, changed or deleted."""

    actions: list[str] | None = None

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class MembershipRows(Rows):
    model = Membership
    autocomplete_fields = ["organisation"]


@admin.register(Partnership)
class PartnershipAdmin(Table):
    list_display = ["name", "host", "sender_email"]
    prepopulated_fields = {"slug": ["short_name"]}
    filter_horizontal = ["areas"]
    inlines = [MembershipRows]


@admin.register(Organisation)
class OrganisationAdmin(Table):
    list_display = ["name", "short_name", "kind", "officers_must_agree"]
    list_filter = ["kind"]
    search_fields = ["name", "short_name"]


class RoomRows(Rows):
    model = Room


class OfficeClosureRows(Rows):
    model = OfficeClosure


@admin.register(Office)
class OfficeAdmin(Table):
    list_display = ["name", "organisation", "kind", "postcode", "city", "is_active"]
    list_filter = ["organisation", "kind", "is_active"]
    list_select_related = ["organisation"]
    search_fields = ["name", "city", "postcode"]
    autocomplete_fields = ["organisation", "area"]
    inlines = [RoomRows, OfficeClosureRows]


@admin.register(Area)
class AreaAdmin(Table):
    list_display = ["ags", "name", "valid_from", "valid_until"]
    search_fields = ["ags", "name", "postcodes"]
    autocomplete_fields = ["successors"]


class PostRows(Rows):
    model = Post
    autocomplete_fields = ["organisation"]


@admin.register(Person)
class PersonAdmin(UserAdmin):  # type: ignore[type-arg]
    """Signs in by e-mail."""

    ordering = ["email"]
    list_display = ["email", "name", "is_active", "is_staff"]
    list_filter = ["is_active", "is_staff", "posts__role"]
    search_fields = ["email", "name"]
    filter_horizontal = []
    readonly_fields = ["last_login", "joined_at"]
    fieldsets = [
        (None, {"fields": ["email", "name", "password"]}),
        (_("Zugang"), {"fields": ["is_active", "is_staff", "is_superuser", "last_login", "joined_at"]}),
    ]
    add_fieldsets = [
        (None, {"fields": ["email", "name", "usable_password", "password1", "password2"]}),
    ]
    inlines = [PostRows]


@admin.register(Post)
class PostAdmin(Table):
    list_display = ["person", "role", "organisation", "partnership", "starts", "ends"]
    list_filter = ["role", "organisation", "partnership"]
    list_select_related = ["person", "organisation", "partnership"]
    search_fields = ["person__email", "person__name"]
    autocomplete_fields = ["person", "organisation"]


class SiteRows(Rows):
    model = Site
    autocomplete_fields = ["area"]


class FirmContactRows(Rows):
    model = FirmContact
    autocomplete_fields = ["person"]
    readonly_fields = ["email_confirmed_at"]


@admin.register(Firm)
class FirmAdmin(Table):
    list_display = ["name", "chamber", "membership_number", "merged_into"]
    list_filter = ["chamber"]
    list_select_related = ["chamber", "merged_into"]
    search_fields = ["name", "membership_number"]
    autocomplete_fields = ["chamber", "merged_into"]
    inlines = [SiteRows, FirmContactRows]


@admin.register(OutgoingMail)
class OutgoingMailAdmin(ReadOnlyTable):
    """State and times: a mail's content holds what firms confide, and links that are secrets."""

    list_display = ["queued_at", "label", "state", "attempts", "due_at", "sent_at", "last_error"]
    list_filter = ["state", "kind"]
    date_hierarchy = "queued_at"
    ordering = ["-queued_at", "-pk"]
    fields = [
        *("label", "partnership", "to_name", "to_email", "language", "message_id"),
        *("state", "attempts", "queued_at", "due_at", "leased_until", "sent_at", "last_error"),
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[OutgoingMail]:
        return super().get_queryset(request).defer("content", "calendar")

    @admin.display(description=_("Art"), ordering="kind")
    def label(self, mail: OutgoingMail) -> str:
        return mail_label(mail.kind)


@admin.register(ReceivedMail)
class ReceivedMailAdmin(ReadOnlyTable):
    list_display = ["received_at", "kind", "status"]
    list_filter = ["kind"]
    date_hierarchy = "received_at"
    ordering = ["-received_at", "-pk"]
    fields = ["received_at", "kind", "status"]


@admin.register(BlockedAddress)
class BlockedAddressAdmin(ReadOnlyTable):
    list_display = ["address", "since", "status", "lifted_at", "lifted_by"]
    list_filter = ["status"]
    list_select_related = ["lifted_by"]
    search_fields = ["address"]
    fields = ["address", "partnership", "since", "status", "lifted_at", "lifted_by"]
    actions = ["lift"]

    @admin.action(description=_("Freigeben: wieder dorthin senden"))
    def lift(self, request: HttpRequest, chosen: QuerySet[BlockedAddress]) -> None:
        assert isinstance(request.user, Person)
        for block in chosen:
            lift_block(block_id=block.pk, actor=request.user)


@admin.register(LogEntry)
class LogEntryAdmin(ReadOnlyTable):
    list_display = ["at", "label", "content_type", "object_id", "actor", "organisation"]
    list_filter = ["act", "organisation"]
    list_select_related = ["content_type", "actor", "organisation"]
    date_hierarchy = "at"
    ordering = ["-at", "-pk"]
    fields = ["at", "label", "content_type", "object_id", "actor", "organisation", "detail"]

    @admin.display(description=_("Vorgang"), ordering="act")
    def label(self, entry: LogEntry) -> str:
        return act_label(entry.act)
