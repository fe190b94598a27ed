"""Addresses below /pengumuman/; they share the namespace of groups/urls.py."""

from __future__ import annotations

from django.urls import path, re_path

from groups import feeds
from groups.views import announcements, channels, posters, writing

urlpatterns = [
    path("", announcements.announcement_list, name="announcement_list"),
    path("umpan/", feeds.announcement_feed, name="announcement_feed"),
    path("dinas/", writing.announcement_office, name="announcement_office"),
    path("tulis/", writing.announcement_office_create, name="announcement_office_create"),
    path("<slug:public_id>/ubah/", writing.announcement_edit, name="announcement_edit"),
    path("<slug:public_id>/tarik/", writing.announcement_withdraw, name="announcement_withdraw"),
    path("<slug:public_id>/versi/", writing.announcement_versions, name="announcement_versions"),
    path("<slug:public_id>/teruskan/<slug:slug>/", writing.announcement_relay, name="announcement_relay"),
    path("<slug:public_id>/penyebaran/", channels.dissemination_list, name="dissemination_list"),
    path(
        "<slug:public_id>/penyebaran/<int:pk>/turun/",
        channels.dissemination_take_down,
        name="dissemination_take_down",
    ),
    path("<slug:public_id>/penyebaran/<int:pk>/hapus/", channels.dissemination_delete, name="dissemination_delete"),
    path(
        "<slug:public_id>/foto/<uuid:image_id>/<str:size>/", announcements.announcement_photo, name="announcement_photo"
    ),
    path("<slug:public_id>/poster/", posters.announcement_poster, name="announcement_poster"),
    path("<slug:public_id>/poster.pdf", posters.announcement_pdf, name="announcement_pdf"),
    re_path(
        r"^(?P<public_id>[0-9a-z]{10})-(?P<slug>[-a-zA-Z0-9_]+)/$",
        announcements.announcement_detail,
        name="announcement_detail",
    ),
    path("<slug:public_id>/", announcements.announcement_short, name="announcement_short"),
]
kim_patterns = [
    path("<slug:slug>/umpan/", feeds.kim_feed, name="kim_feed"),
    path("<slug:slug>/buletin/", posters.kim_bulletin, name="kim_bulletin"),
    path("<slug:slug>/kelola/pengumuman/", writing.announcement_desk, name="announcement_desk"),
    path("<slug:slug>/kelola/pengumuman/baru/", writing.announcement_create, name="announcement_create"),
]
