"""Addresses below /kemitraan/rapat/."""

from django.urls import path

from partnerships.views import agreements, attendance, commitments, meeting_desk, meetings, programs

urlpatterns = [
    path("", meetings.meeting_list, name="meeting_list"),
    path("milik-saya/", meeting_desk.meeting_own, name="meeting_own"),
    path("tindak-lanjut/", commitments.commitment_list, name="commitment_list"),
    path("baru/kim/<slug:slug>/", meeting_desk.meeting_create_kim, name="meeting_create_kim"),
    path("baru/lembaga/<int:pk>/", meeting_desk.meeting_create_institution, name="meeting_create_institution"),
    path("<slug:public_id>/", meetings.meeting_detail, name="meeting_detail"),
    path("<slug:public_id>/ubah/", meeting_desk.meeting_edit, name="meeting_edit"),
    path("<slug:public_id>/batal/", meeting_desk.meeting_cancel, name="meeting_cancel"),
    path("<slug:public_id>/sesi/", meeting_desk.meeting_session_create, name="meeting_session_create"),
    path("<slug:public_id>/sesi/<int:pk>/", meeting_desk.meeting_session_edit, name="meeting_session_edit"),
    path("<slug:public_id>/sesi/<int:pk>/hapus/", meeting_desk.meeting_session_drop, name="meeting_session_drop"),
    path("<slug:public_id>/bahan/", meeting_desk.material_create, name="material_create"),
    path("<slug:public_id>/bahan/<int:pk>/", meetings.material_file, name="material_file"),
    path("<slug:public_id>/bahan/<int:pk>/hapus/", meeting_desk.material_drop, name="material_drop"),
    path("<slug:public_id>/peserta/", attendance.attendance_create, name="attendance_create"),
    path("<slug:public_id>/peserta/angka/", attendance.attendance_count, name="attendance_count"),
    path("<slug:public_id>/peserta/<int:pk>/hapus/", attendance.attendance_remove, name="attendance_remove"),
    path("<slug:public_id>/program-kerja/", programs.meeting_programs, name="meeting_programs"),
    path("<slug:public_id>/perjanjian/", agreements.meeting_agreement, name="meeting_agreement"),
    path("<slug:public_id>/tindak-lanjut/", commitments.commitment_create, name="commitment_create"),
    path("<slug:public_id>/tindak-lanjut/<int:pk>/", commitments.commitment_edit, name="commitment_edit"),
    path("<slug:public_id>/tindak-lanjut/<int:pk>/bukti/", meetings.commitment_file, name="commitment_file"),
    path("<slug:public_id>/cetak/<slug:paper>/", meetings.meeting_paper, name="meeting_paper"),
    path("<slug:public_id>/cetak/<slug:paper>/pdf/", meetings.meeting_pdf, name="meeting_pdf"),
]
