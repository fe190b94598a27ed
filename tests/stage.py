"""One stage for the tests that look at every page: people, reports of every kind, and one row of everything else.

Every value that could tell who a reporter is carries a mark of its own ("nama3z"), so that a scan finds it wherever it
turns up. Reports are filed over HTTP, as a browser would, with forged proxy headers and a photo full of metadata.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from importlib import import_module
from types import SimpleNamespace
from typing import Any
from uuid import uuid4

from allauth.account.authentication import AUTHENTICATION_METHODS_SESSION_KEY
from allauth.account.internal.flows.login import record_authentication
from allauth.account.models import EmailAddress, EmailConfirmationHMAC
from allauth.account.utils import user_pk_to_url_str
from django.apps import apps
from django.conf import settings
from django.contrib import admin
from django.contrib.auth.tokens import default_token_generator
from django.core import signing
from django.db import models
from django.test import Client

from accounts.models import ACCOUNT_CONSENT, Consent, DataRequest, Invitation, Purpose, Role, User
from accounts.notifications import CONFIRM_SALT
from groups.models import Kim, MemberInvitation, Membership
from regions.models import AreaAlias, CalendarOverride, Policy
from reports import cookies
from reports.codes import code_for_submission, submission_digest, token_digest
from reports.models import Actor, RecoveryLink, Report, ReportPhoto
from tests.announcement_access import announcement_values, make_announcements
from tests.cast import OTHER_REGENCY, REGENCY, VILLAGE, Cast, make_cast
from tests.facilitation_access import make_programs, programme_values
from tests.factories import make_area, make_document, make_grant, make_image, make_kim, make_membership, make_user
from tests.library_access import library_values, make_libraries
from tests.marks import Marks, photo, posted
from tests.meeting_access import make_meetings, meeting_values
from tests.partnership_access import make_partnerships, partnership_values

FILE_ADDRESS = "/laporan/baru/"
RECOVERY_TOKEN = "tautan-pemulihan-panggung"
MEMBER_PAGES = {f"groups:member_{page}" for page in ("edit", "leave", "invite", "admin", "card", "photo")}
KINDS = ("open", "unpublished", "hidden", "secret", "anonymous", "both")


@dataclass
class Stage:
    cast: Cast
    kim: Kim
    kim_admin: User
    other_kim_admin: User
    owners: dict[str, User] = field(default_factory=dict)  # of each report, also of those filed anonymously
    reports: dict[str, Report] = field(default_factory=dict)
    codes: dict[str, str] = field(default_factory=dict)
    photos: dict[str, ReportPhoto] = field(default_factory=dict)
    verifiers: dict[str, User] = field(default_factory=dict)
    marks: dict[str, Marks] = field(default_factory=dict)
    tokens: dict[str, str] = field(default_factory=dict)
    posts: dict[str, dict[str, Any]] = field(default_factory=dict)
    sessions: dict[str, str] = field(default_factory=dict)  # the session of each role that signs in

    # --- Browsers ----------------------------------------------------------------------------------------------------
    @property
    def roles(self) -> dict[str, User | None]:
        """Every role of the access table; `holder` has no account, only a tracking code."""
        people = dict(self.cast.people)
        people["owner"] = self.owners["unpublished"]
        admins = {"kim_admin": self.kim_admin, "other_kim_admin": self.other_kim_admin}
        return {**people, "holder": None, **admins, **self.verifiers}

    def client(self, role: str, kind: str = "unpublished") -> Client:
        """A browser of this role; the holder's keeps the code of the report of this kind."""
        client = Client(raise_request_exception=False)
        if role in self.sessions:
            client.cookies[settings.SESSION_COOKIE_NAME] = self.sessions[role]
        if role == "holder":
            client.cookies[cookies.NAME] = signing.dumps(self.codes[kind], salt="reports.code")
        return client

    # --- Addresses ---------------------------------------------------------------------------------------------------
    def arguments(self, name: str, parameters: list[str]) -> dict[str, Any]:
        """Values that make an address of this name lead to something that exists."""
        if name.startswith("admin:") and {"object_id", "pk"} & set(parameters):
            row = self.row_for(*name.removeprefix("admin:").split("_")[:2])
            return {each: row.pk if each in {"object_id", "pk"} else self.action(type(row)) for each in parameters}
        values = self.values(name) if parameters else {}
        missing = set(parameters) - set(values)
        assert not missing, f"tests/stage.py gives no {missing} for {name}"
        return {each: values[each] for each in parameters}

    def values(self, name: str) -> dict[str, Any]:
        report, photo = self.reports["open"], self.photos["unpublished"]
        values: dict[str, Any] = {
            "code": REGENCY if name.startswith("groups:coverage") else VILLAGE,
            "token": self.tokens.get(name, ""),
            "public_id": report.public_id if name == "reports:report_detail" else self.reports["unpublished"].public_id,
            "image_id": photo.image_id,
            "size": "small",
            "app_label": "accounts",
            "pk": self.owners["unpublished"].consents.get().pk if name == "accounts:consent_withdraw" else report.pk,
            "uidb36": user_pk_to_url_str(self.cast.owner),
            "key": self.key(name),
            "slug": self.kim.slug,
            "document_id": self.kim.bylaws_id,
        }
        if name in MEMBER_PAGES:
            values |= {"pk": self.member.pk, "image_id": self.member.photo_id}
        values |= announcement_values(name, self.kim)
        values |= partnership_values(name, self.kim)
        values |= meeting_values(name, self.kim)
        values |= library_values(name)
        return values | programme_values(name)

    @property
    def member(self) -> Membership:
        """The one whose photo is not public."""
        return self.kim.memberships.get(photo__isnull=False)

    def action(self, model: type[models.Model]) -> str:
        """The first of the admin's own actions on one object."""
        chosen = getattr(admin.site._registry[model], "object_actions", ())
        return chosen[0].name if chosen else "tidak-ada"

    def key(self, name: str) -> str:
        if name == "account_confirm_email":
            return EmailConfirmationHMAC(EmailAddress.objects.get(user=self.cast.other)).key
        return default_token_generator.make_token(self.cast.owner)

    def row_for(self, app: str, model: str) -> Any:
        """A row of this model that an officer of the stage's regency works on."""
        chosen = {"report": self.reports["unpublished"], "user": self.cast.owner, "institution": self.cast.institution}
        if model in chosen:
            return chosen[model]
        row = apps.get_model(app, model)._default_manager.order_by("pk").first()
        assert row is not None, f"the stage has no {app}.{model}: add one in tests/stage.py"
        return row


def sign_in(user: User) -> str:
    """The key of a session signed in with a password a moment ago, so that no page asks for it again."""
    client = Client()
    client.force_login(user)
    session = client.session
    record_authentication(SimpleNamespace(session=session), user, "password", email=user.email, reauthenticated=True)
    session[AUTHENTICATION_METHODS_SESSION_KEY][0]["at"] += 3600  # a slow machine takes longer than five minutes
    session.save()
    return str(session.session_key)


# --- Building --------------------------------------------------------------------------------------------------------
def make_stage() -> Stage:
    restore_categories()
    make_area(VILLAGE)
    stage = Stage(make_cast(), *make_groups())
    for number, kind in enumerate(KINDS, start=1):
        file_marked(stage, kind, Marks(number))
    publish(stage)
    make_account_rows(stage)
    make_region_rows()
    stage.verifiers = {"kim_verifier": make_verifier(REGENCY), "foreign_kim_verifier": make_verifier(OTHER_REGENCY)}
    stage.verifiers |= make_libraries()
    stage.sessions = {role: sign_in(user) for role, user in stage.roles.items() if user}
    for user in [*stage.owners.values(), *stage.cast.people.values()]:
        if user is not None:
            user.__dict__.pop("grants", None)
    return stage


def make_groups() -> tuple[Kim, User, User]:
    """A KIM with papers and a member's photo, its admin, and the admin of another KIM in the same village."""
    admin, other = make_user("admin-kim@contoh.invalid"), make_user("admin-kim-lain@contoh.invalid")
    kim = make_kim(VILLAGE, admin=admin, bylaws=make_document())
    make_membership(kim, name="Anggota Berfoto", photo=make_image())
    make_kim(VILLAGE, admin=other)
    make_announcements(kim, admin)
    make_partnerships(kim, admin)
    make_meetings(kim, admin)
    make_programs(kim, admin)
    return kim, admin, other


def make_verifier(area: str) -> User:
    user = make_user()
    make_grant(user, Role.KIM_VERIFIER, area)
    return user


def restore_categories() -> None:
    """The built-in categories come with a migration, and the flush after a test with transaction=True takes them."""
    import_module("reports.migrations.0003_categories").add_categories(apps, None)


def file_marked(stage: Stage, kind: str, marks: Marks) -> None:
    """File over HTTP, signed in, with every header and file that could tell who sends it."""
    tell = marks.identity
    owner = make_user(f"{tell['account email']}@marka.invalid", tell["account name"])
    Consent.objects.create(user=owner, purpose=Purpose.ACCOUNT, text_version=ACCOUNT_CONSENT)
    addresses = {"REMOTE_ADDR": tell["address"], "HTTP_X_FORWARDED_FOR": tell["forwarded address"]}
    client = Client(raise_request_exception=False, **addresses)
    client.force_login(owner)
    key, post = uuid4(), posted(marks, kind)
    headers = {"user-agent": tell["user agent"], "referer": tell["referer"], "accept-language": tell["language"]}
    response = client.post(FILE_ADDRESS, {**post, "submission_id": key, "photos": [photo(marks)]}, headers=headers)
    assert response.status_code == 302, response.content.decode()
    report = Report.objects.get(submission_digest=submission_digest(key))
    stage.owners[kind], stage.marks[kind], stage.posts[kind] = owner, marks, {**post, "submission_id": str(key)}
    stage.codes[kind] = code_for_submission(key)
    stage.reports[kind], stage.photos[kind] = report, report.photos.get()


def publish(stage: Stage) -> None:
    """Two reports are public, with a text of the officer and, for one of them, its photo."""
    by = Actor.officer(stage.cast.officer, "Kab. Lima Puluh Kota")
    for kind in ("open", "hidden"):
        report, ticked = stage.reports[kind], [stage.photos[kind].pk] if kind == "open" else []
        report.verify(by=by)
        report.publish(by=by, text=stage.marks[kind].public_text, place="Dekat surau", photo_ids=ticked)
    asked = stage.reports["unpublished"]
    asked.verify(by=by, text="catatan petugas")
    asked.forward(by=by, text="Mohon ditindaklanjuti.", institution=stage.cast.institution)


def make_region_rows() -> None:
    """One row of whatever else the admin lists."""
    for model in admin.site._registry:
        if issubclass(model, Policy):
            model.objects.create(area=make_area(REGENCY))
    AreaAlias.objects.create(area=make_area(REGENCY), name="50 Kota")
    CalendarOverride.objects.create(area=make_area(REGENCY), date=date(2026, 12, 7), name="Hari jadi kabupaten")


def make_account_rows(stage: Stage) -> None:
    cast = stage.cast
    Consent.objects.create(user=cast.owner, purpose=Purpose.ACCOUNT, text_version=ACCOUNT_CONSENT)
    asked = DataRequest.file("access", "Mohon salinan.", email="peminta@contoh.invalid")
    _, offered = Invitation.send(cast.superuser, cast.other.email, Role.REPORT_COORDINATOR, area=make_area(REGENCY))
    RecoveryLink.objects.create(report=stage.reports["open"], token_digest=token_digest(RECOVERY_TOKEN))
    member = make_membership(stage.kim, name="Anggota Diundang")
    letter = MemberInvitation.send(member, cast.other.email, makes_admin=False, by=stage.kim_admin)
    stage.tokens = {
        "groups:invitation": letter,
        "accounts:data_request_confirm": signing.dumps(asked.pk, salt=CONFIRM_SALT),
        "accounts:invitation": offered,
        "reports:code_new": RECOVERY_TOKEN,
    }
