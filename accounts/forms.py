"""What people type about themselves: sign-up, profile, requests about their own data. Allauth's forms, made plain."""

from __future__ import annotations

from typing import Any

from allauth.account import forms as account
from allauth.mfa.base import forms as mfa
from allauth.mfa.totp import forms as totp
from django import forms
from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.http import HttpRequest, HttpResponse

from accounts.models import ACCOUNT_CONSENT, CONSENT_TEXTS, Consent, DataRequest, Purpose, RequestKind, User

WRONG_EMAIL = "Alamat e-mail tidak lengkap. Contoh: nama@contoh.id."
PASSWORD_HELP = "Sedikitnya 10 huruf atau angka. Jangan hanya angka, dan jangan kata yang mudah ditebak."


class Plain:
    """Without placeholders: they vanish while one types, and say what the label says already."""

    fields: dict[str, forms.Field]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.widget.attrs.pop("placeholder", None)
            if isinstance(field, forms.EmailField):
                field.error_messages["invalid"] = WRONG_EMAIL
        if "password1" in self.fields:
            self.fields["password1"].help_text = PASSWORD_HELP
        if "code" in self.fields:
            self.fields["code"].label = "Kode dari aplikasi"


class LoginForm(Plain, account.LoginForm):
    """E-mail and password."""

    forgets_input = True  # a browser gets no password back

    def login(self, request: HttpRequest, redirect_url: str | None = None) -> HttpResponse:
        response: HttpResponse = super().login(request, redirect_url)
        if self.user.is_staff:
            request.session.set_expiry(settings.OFFICER_SESSION_SECONDS)
        return response


class SignupForm(Plain, account.SignupForm):
    """E-mail, password, a name if one likes, consent. Never NIK, religion, ethnicity or group (quality.md A6)."""

    name = forms.CharField(
        label="Nama",
        required=False,
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        help_text="Hanya dibaca petugas bila Anda menghubunginya.",
    )
    consent = forms.BooleanField(
        label=CONSENT_TEXTS[ACCOUNT_CONSENT],
        error_messages={"required": "Beri tanda setuju. Tanpa persetujuan, akun tidak dapat dibuat."},
    )
    field_order = ["email", "password1", "name", "consent"]

    def try_save(self, request: HttpRequest) -> tuple[User | None, HttpResponse | None]:
        if self.account_already_exists:
            make_password(self.cleaned_data["password1"])  # as slow as a new account: time tells nothing
        with transaction.atomic():
            return super().try_save(request)

    def custom_signup(self, request: HttpRequest, user: User) -> None:
        super().custom_signup(request, user)
        user.name = self.cleaned_data["name"]
        user.save(update_fields=["name"])
        Consent.objects.create(user=user, purpose=Purpose.ACCOUNT, text_version=ACCOUNT_CONSENT)


class AddEmailForm(Plain, account.AddEmailForm):
    """One more address."""


class ChangePasswordForm(Plain, account.ChangePasswordForm):
    """The present password and, twice, the new one."""


class SetPasswordForm(Plain, account.SetPasswordForm):
    """For accounts that have no password yet."""


class ResetPasswordForm(Plain, account.ResetPasswordForm):
    """The address that gets a link."""


class ResetPasswordKeyForm(Plain, account.ResetPasswordKeyForm):
    """The new password, from the link."""


class ReauthenticateForm(Plain, account.ReauthenticateForm):
    """The password once more, before something that matters."""


class AuthenticateForm(Plain, mfa.AuthenticateForm):
    """The second factor at sign-in."""


class ReauthenticateCodeForm(Plain, mfa.ReauthenticateForm):
    """The second factor once more, before something that matters."""


class ActivateTOTPForm(Plain, totp.ActivateTOTPForm):
    """The first code of the app."""


class ProfileForm(forms.ModelForm):
    class Meta:
        model = User
        fields = ["name", "phone"]
        widgets = {
            "name": forms.TextInput(attrs={"autocomplete": "name"}),
            "phone": forms.TextInput(attrs={"autocomplete": "tel", "type": "tel"}),
        }
        help_texts = {"phone": "Hanya dibaca petugas. Contoh: 0812 3456 7890."}


class DataRequestForm(forms.ModelForm):
    """What a signed-in person asks. Consent is withdrawn by a button beside each, at once, not by asking."""

    kinds = [RequestKind.ACCESS, RequestKind.CORRECTION, RequestKind.ERASURE]

    kind = forms.ChoiceField(
        label="Apa yang Anda minta?", widget=forms.RadioSelect, error_messages={"required": "Pilih salah satu."}
    )
    text = forms.CharField(
        label="Penjelasan",
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Bila data perlu diperbaiki: data mana, dan tulisan yang benar. Jangan menulis NIK.",
    )

    class Meta:
        model = DataRequest
        fields = ["kind", "text"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["kind"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(kind.value, kind.label) for kind in self.kinds]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("kind") == RequestKind.CORRECTION and not data.get("text", "").strip():
            self.add_error("text", "Tulis data mana yang salah dan tulisan yang benar.")
        return data


class PublicDataRequestForm(DataRequestForm):
    """The same for people without an account; the answer goes to the address."""

    kinds = list(RequestKind)

    email = forms.EmailField(
        label="Alamat e-mail",
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        help_text="Alamat yang pernah Anda pakai di portal ini. Jawaban dikirim ke sana.",
        error_messages={"invalid": WRONG_EMAIL},
    )
    field_order = ["email", "kind", "text"]
