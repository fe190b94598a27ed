from __future__ import annotations

import io
from datetime import timedelta

import pytest
from django.utils import timezone

from groups.models import FormDraft
from groups.models.draft import DRAFT_DAYS
from tests.factories import make_pdf_bytes, make_user
from uploads.documents import make_safe_document
from uploads.models import Document

pytestmark = pytest.mark.django_db


def make_draft() -> FormDraft:
    user = make_user()
    FormDraft.objects.keep(user, "kim", {"name": "KIM A"})
    draft = FormDraft.objects.get(user=user)
    draft.keep_files({"bylaws_file": make_safe_document(io.BytesIO(make_pdf_bytes()))}, set())
    return draft


class TestFormDraft:
    def test_keeping_answers_leaves_files_alone(self) -> None:
        draft = make_draft()
        FormDraft.objects.keep(draft.user, "kim", {"name": "KIM B"})
        draft.refresh_from_db()
        assert draft.data == {"name": "KIM B"}
        assert set(draft.documents()) == {"bylaws_file"}

    def test_erasing_takes_the_documents(self) -> None:
        make_draft()
        assert FormDraft.objects.all().erase() == 1
        assert not Document.objects.exists()

    def test_is_stale_after_a_month(self) -> None:
        make_draft()
        assert not FormDraft.objects.stale().exists()
        FormDraft.objects.update(kept_at=timezone.now() - timedelta(days=DRAFT_DAYS, seconds=1))
        assert FormDraft.objects.stale().exists()
