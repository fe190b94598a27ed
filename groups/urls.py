from __future__ import annotations

from django.urls import path

from groups.exports import coverage_download
from groups.views import application, card, contact, coverage, desk, members, programmes, registry

app_name = "groups"
urlpatterns = [
    path("", registry.kim_list, name="kim_list"),
    path("pendaftaran/", application.application, name="application"),
    path("pendaftaran/simpan/", application.application_keep, name="application_keep"),
    path("pendaftaran/wilayah/", application.application_area, name="application_area"),
    path("pendaftaran/periksa/", application.application_check, name="application_check"),
    path("kelola/", desk.own_kims, name="own_kims"),
    path("kelola/undangan/<str:token>/", members.invitation, name="invitation"),
    path("cakupan/", coverage.coverage, name="coverage"),
    path("cakupan/<str:code>/", coverage.coverage_area, name="coverage_area"),
    path("cakupan/<str:code>/desa-tanpa-kim.csv", coverage_download, name="coverage_download"),
    path("<slug:slug>/", registry.kim_detail, name="kim_detail"),
    path("<slug:slug>/kontak/", contact.kim_contact, name="kim_contact"),
    path("<slug:slug>/foto/<uuid:image_id>/<str:size>/", registry.member_photo, name="member_photo"),
    path("<slug:slug>/berkas/<uuid:document_id>/", registry.kim_document, name="kim_document"),
    path("<slug:slug>/kelola/", desk.desk, name="desk"),
    path("<slug:slug>/kelola/profil/", desk.kim_edit, name="kim_edit"),
    path("<slug:slug>/kelola/ajukan/", desk.kim_submit, name="kim_submit"),
    path("<slug:slug>/kelola/pastikan/", desk.kim_confirm, name="kim_confirm"),
    path("<slug:slug>/kelola/riwayat/", desk.kim_history, name="kim_history"),
    path("<slug:slug>/kelola/sk/baru/", desk.decree_create, name="decree_create"),
    path("<slug:slug>/kelola/anggota/", members.member_list, name="member_list"),
    path("<slug:slug>/kelola/anggota/baru/", members.member_create, name="member_create"),
    path("<slug:slug>/kelola/anggota/<int:pk>/", members.member_edit, name="member_edit"),
    path("<slug:slug>/kelola/anggota/<int:pk>/keluar/", members.member_leave, name="member_leave"),
    path("<slug:slug>/kelola/anggota/<int:pk>/undang/", members.member_invite, name="member_invite"),
    path("<slug:slug>/kelola/anggota/<int:pk>/admin/", members.member_admin, name="member_admin"),
    path("<slug:slug>/kelola/anggota/<int:pk>/kartu/", card.member_card, name="member_card"),
    path("<slug:slug>/program/", programmes.programme_list, name="programme_list"),
    path("<slug:slug>/program/<int:year>/", programmes.programme_detail, name="programme_detail"),
    path("<slug:slug>/program/<int:year>/program-kerja.pdf", programmes.programme_pdf, name="programme_pdf"),
    path("<slug:slug>/kelola/program/", programmes.programme_desk, name="programme_desk"),
    path("<slug:slug>/kelola/program/<int:year>/", programmes.programme_edit, name="programme_edit"),
    path("<slug:slug>/kelola/program/<int:year>/tetapkan/", programmes.programme_approve, name="programme_approve"),
]
