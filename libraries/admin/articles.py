"""Questions with answers, and articles: written by officers of a library agency, shown when they say so."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from accounts.admin_actions import ActionAdmin, NoForm, ObjectAction, officer
from accounts.admin_forms import VersionedForm
from accounts.models import User
from libraries.admin.queue import agencies_of
from libraries.models import Article
from libraries.models.article import ARTICLE_ACTIONS
from libraries.permissions import keeps_area
from libraries.workflow import ArticleStatus, can_move_article

WRITTEN = ("kind", "agency", "title", "body", "source", "writer", "editor", "is_byline_agreed")


class ArticleForm(VersionedForm):
    user: User

    class Meta:
        model = Article
        fields = WRITTEN

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "agency" in self.fields:  # not where the form is only read
            cast("forms.ModelChoiceField[Any]", self.fields["agency"]).queryset = agencies_of(self.user, self.instance)
            self.fields["body"].help_text = "Tulis seperti pengumuman: **tebal**, daftar dengan tanda -, tautan."

    def _post_clean(self) -> None:
        """Where it lies follows from the agency, and its address from the title, before the constraints are asked."""
        agency = self.cleaned_data.get("agency")
        if agency:
            self.instance.area_id = agency.area_id
            self.instance.copy_codes()
        super()._post_clean()


@admin.register(Article)
class ArticleAdmin(ActionAdmin):
    form = ArticleForm
    fields = WRITTEN
    list_display = ("title", "kind", "status")
    list_filter = ("kind", "status")
    ordering = ("-id",)
    object_actions = (
        ObjectAction(
            "tayangkan",
            "Tayangkan",
            "Semua orang dapat membacanya sejak sekarang.",
            NoForm,
            lambda user, row: can_move_article(row.status, ArticleStatus.PUBLISHED),
            lambda row, user, data: row.move(ArticleStatus.PUBLISHED, by=user),
        ),
        ObjectAction(
            "jadikan-draf",
            "Jadikan draf lagi",
            "Tulisan tidak tampil untuk umum sampai ditayangkan lagi.",
            NoForm,
            lambda user, row: can_move_article(row.status, ArticleStatus.DRAFT),
            lambda row, user, data: row.move(ArticleStatus.DRAFT, by=user),
        ),
    )

    def can_view(self, user: User) -> bool:
        return keeps_area(user)

    def can_add(self, user: User) -> bool:
        return keeps_area(user)

    def can_change(self, user: User, obj: Article | None) -> bool:
        return keeps_area(user)  # which rows is `visible_to`'s affair

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        form = super().get_form(request, obj, change=change, **kwargs)
        form.user = officer(request)
        return form

    def save_model(self, request: HttpRequest, obj: Article, form: Any, change: bool) -> None:
        obj.keep(by=officer(request))

    def response_add(self, request: HttpRequest, obj: Article, post_url_continue: str | None = None) -> HttpResponse:
        """To the article's own page, where it is shown to everybody with one more press."""
        if obj.is_twin:
            self.message_user(request, "Tulisan yang sama sudah ada. Ini halamannya; tidak ada yang disimpan dua kali.")
            return redirect("admin:libraries_article_change", obj.pk)
        self.message_user(request, "Tersimpan sebagai draf. Tekan Tayangkan agar semua orang dapat membacanya.")
        return redirect("admin:libraries_article_change", obj.pk)

    def action_label(self, action: str) -> str:
        return ARTICLE_ACTIONS[action]
