from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.views.decorators.csrf import csrf_exempt

from tests.bench.reference.models import Posted, Report

STATUS = ["Baru", "Diterima", "Dikerjakan", "Selesai", "Ditolak"]
COLUMNS = ("id", "title", "category", "status", "area", "reporter", "created")


def small(request: HttpRequest) -> HttpResponse:
    return render(request, "small.html", {"name": "Kelurahan Sukamaju"})


def newest(request: HttpRequest) -> HttpResponse:
    """20 newest rows of one status, by index, without a count. Signed in, the template reads session and user."""
    rows = Report.objects.filter(status=2).only(*COLUMNS).order_by("-created", "-id")[:20]
    return render(request, "list.html", {"rows": rows, "status": STATUS})


def detail(request: HttpRequest, pk: int) -> HttpResponse:
    return render(request, "detail.html", {"r": Report.objects.get(pk=pk), "status": STATUS})


@csrf_exempt
def post(request: HttpRequest) -> HttpResponse:
    """One insert and its commit."""
    sent = request.POST
    Posted.objects.create(title=sent["title"], body=sent["body"], area=int(sent["area"]))
    return HttpResponse(status=303, headers={"Location": "/small"})


urlpatterns = [
    path("small", small),
    path("list", newest),
    path("r/<int:pk>/", detail, name="detail"),
    path("post", post),
]
