"""Categories and deadlines: who may change them."""

from __future__ import annotations

from django.urls import reverse

from reports.models import Category, ReportPolicy
from tests.factories import make_area

CATEGORIES = reverse("admin:reports_category_changelist")
POLICIES = reverse("admin:reports_reportpolicy_changelist")
ADD = reverse("admin:reports_reportpolicy_add")
DAYS = {"verify_days": "2", "follow_up_days": "4", "reply_days": "7", "dispute_days": "8"}


def form_of(client, url):
    """What the page's own form would send, with the version it was made from."""
    form = client.get(url).context["form"]
    return {name: form[name].value() for name in form.fields if form[name].value() not in (None, False)}


class TestCategoryAdmin:
    def test_superuser_changes_words_and_never_the_code(self, client, cast):
        client.force_login(cast.superuser)
        url = reverse("admin:reports_category_change", args=("air-bersih",))
        answer = client.post(url, {**form_of(client, url), "name": "Air minum", "code": "air"})
        assert answer.status_code == 302
        assert Category.objects.get(code="air-bersih").name == "Air minum"
        assert not Category.objects.filter(code="air").exists()

    def test_superuser_adds_one(self, client, cast):
        client.force_login(cast.superuser)
        data = {"code": "listrik", "name": "Listrik", "kind": "complaint", "is_active": "on", "position": "5"}
        assert client.post(reverse("admin:reports_category_add"), data).status_code == 302
        assert Category.objects.filter(code="listrik").exists()

    def test_officers_do_not_see_it(self, client, cast):
        client.force_login(cast.officer)
        assert client.get(CATEGORIES).status_code == 403
        assert client.get(reverse("admin:reports_category_change", args=("jalan",))).status_code == 404


class TestReportPolicyAdmin:
    def test_coordinator_sets_the_days_of_the_own_area(self, client, cast):
        client.force_login(cast.officer)
        assert client.post(ADD, {"area": "13.07", **DAYS}).status_code == 302
        policy = ReportPolicy.objects.get()
        assert (policy.area_id, policy.verify_days) == ("13.07", 2)
        url = reverse("admin:reports_reportpolicy_change", args=(policy.pk,))
        assert client.post(url, {**form_of(client, url), "verify_days": "5"}).status_code == 302
        assert ReportPolicy.objects.get().verify_days == 5

    def test_not_those_of_another_area_nor_of_the_nation(self, client, cast):
        other = ReportPolicy.objects.create(area=make_area("13.71"))
        nation = ReportPolicy.objects.create()
        client.force_login(cast.officer)
        for code in ("13.71", "13", ""):
            assert client.post(ADD, {"area": code, **DAYS}).status_code == 200
        assert ReportPolicy.objects.count() == 2
        content = client.get(POLICIES).content.decode()
        for policy in (other, nation):
            url = reverse("admin:reports_reportpolicy_change", args=(policy.pk,))
            assert client.get(url).status_code == 404
            assert client.post(url, DAYS).status_code == 404
            assert url not in content

    def test_the_area_of_a_policy_stays(self, client, cast):
        make_area("13.71")
        policy = ReportPolicy.objects.create(area_id="13.07")
        client.force_login(cast.superuser)
        url = reverse("admin:reports_reportpolicy_change", args=(policy.pk,))
        client.post(url, {**form_of(client, url), "area": "13.71"})
        assert ReportPolicy.objects.get().area_id == "13.07"

    def test_superuser_sets_those_of_the_nation(self, client, cast):
        client.force_login(cast.superuser)
        assert client.post(ADD, {"area_words": "", **DAYS}).status_code == 302
        assert ReportPolicy.objects.get().area is None
        assert client.post(ADD, {"area_words": "", **DAYS}).status_code == 200

    def test_days_out_of_range_are_a_sentence(self, client, cast):
        client.force_login(cast.officer)
        for value in ("0", "121", "-3", "abc", "9" * 30):
            answer = client.post(ADD, {"area": "13.07", **DAYS, "verify_days": value})
            assert answer.status_code == 200
            assert answer.context["form"].errors
        assert not ReportPolicy.objects.exists()

    def test_readers_have_none(self, client, cast):
        client.force_login(cast.province_reader)
        assert client.get(POLICIES).status_code == 403
