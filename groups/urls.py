from __future__ import annotations

from django.urls import path

from groups.views import registry

app_name = "groups"
urlpatterns = [
    path("", registry.kim_list, name="kim_list"),
    path("<slug:slug>/", registry.kim_detail, name="kim_detail"),
]
