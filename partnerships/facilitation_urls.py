"""Addresses below /kemitraan/ for what governments did and for their guidelines; the namespace is the app's."""

from __future__ import annotations

from django.urls import path

from partnerships.views import facilitation, guidelines

urlpatterns = [
    path("fasilitasi/", facilitation.facilitation_list, name="facilitation_list"),
    path("fasilitasi/cetak/", facilitation.facilitation_report, name="facilitation_report"),
    path("fasilitasi/peran-pemerintah.pdf", facilitation.facilitation_pdf, name="facilitation_pdf"),
    path("fasilitasi/fasilitasi-kim.csv", facilitation.facilitation_download, name="facilitation_download"),
    path("fasilitasi/<int:pk>/", facilitation.facilitation_detail, name="facilitation_detail"),
    path("pedoman/", guidelines.guideline_list, name="guideline_list"),
    path("pedoman/<int:pk>/", guidelines.guideline_detail, name="guideline_detail"),
    path("pedoman/<int:pk>/berkas/<uuid:document_id>/", guidelines.guideline_document, name="guideline_document"),
]
