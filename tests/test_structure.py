"""The house stands as design.md says. Each rule is shown a made-up violation, so that it cannot pass by accident."""

from __future__ import annotations

import ast
import os
import statistics
from importlib import import_module

import pytest
from django.apps import apps
from django.contrib import admin
from django.db import connection, models, transaction
from django.template import engines
from django.test.utils import isolate_apps

from accounts.admin_scope import ScopedAdmin
from accounts.events import Event, broken_chains
from accounts.triggers import expected_triggers, installed_triggers, permit
from tests import house
from tests.house import ROOT
from tests.plain import development_imports
from tests.reasons import unexplained

CODE = house.product_code()
TEMPLATES = house.read("*.*", "templates")
TESTS = house.read("*.py", "tests")
OURS = [model for model in apps.get_models() if model._meta.app_label in house.APPS]


def tag_libraries() -> dict[str, str]:
    """Each template tag library by the app it comes from."""
    return {name: module.split(".")[0] for name, module in engines["django"].engine.libraries.items()}


class TestArrow:
    def test_imports_follow_the_arrows(self) -> None:
        assert house.import_arrows(CODE) == []

    @pytest.mark.parametrize(
        ("path", "text"),
        [
            ("regions/models/area.py", "from accounts.models import User"),
            ("uploads/images.py", "import regions"),
            ("accounts/views.py", "def late():\n    import reports.models"),
            ("reports/views.py", "from kimportal.pages import views"),
            ("reports/views.py", "from libraries.models import Programme"),
            ("reports/views.py", "from . import models"),
            ("reports/models.py", "from tests.factories import make_user"),
        ],
    )
    def test_an_import_against_them_is_found(self, path: str, text: str) -> None:
        assert house.import_arrows({path: text})

    def test_foreign_keys_follow_the_arrows(self) -> None:
        assert house.foreign_keys(OURS) == []

    @isolate_apps("regions", "reports", attr_name="apps")
    def test_a_foreign_key_against_them_is_found(self) -> None:
        class Parent(models.Model):
            class Meta:
                app_label = "reports"

        class Child(models.Model):
            parent = models.ForeignKey(Parent, models.CASCADE)

            class Meta:
                app_label = "regions"

        assert house.foreign_keys([Child]) == ["regions.Child -> reports.Parent"]

    def test_models_named_in_strings_follow_the_arrows(self) -> None:
        assert house.named_models(CODE) == []
        assert house.named_models({"accounts/a.py": 'apps.get_model("reports", "Report")'})
        assert house.named_models({"regions/a.py": 'ForeignKey("accounts.User")'})

    def test_files_of_an_app_follow_its_reading_order(self) -> None:
        assert house.file_order(CODE) == []
        assert house.file_order({"reports/models/report.py": "from reports.forms import FilingForm"})
        assert house.file_order({"reports/forms.py": "import reports.views.filing"})

    def test_templates_follow_the_arrows(self) -> None:
        assert house.template_arrows(TEMPLATES, tag_libraries()) == []

    @pytest.mark.parametrize(
        ("path", "text"),
        [
            ("templates/regions/a.html", '{% include "reports/_state.html" %}'),
            ("templates/reports/a.html", '{% extends "pages/home.html" %}'),
            ("templates/accounts/a.html", "{% load reports %}"),
            ("templates/base.html", "{% load static reports %}"),
            ("templates/admin/accounts/a.html", '{% include "admin/reports/_card.html" with a=b %}'),
        ],
    )
    def test_a_template_against_them_is_found(self, path: str, text: str) -> None:
        assert house.template_arrows({path: text}, tag_libraries())

    def test_templates_rendered_from_python_follow_the_arrows(self) -> None:
        assert house.rendered_templates(CODE) == []
        assert house.rendered_templates({"accounts/views.py": 'render(request, "reports/receipt.html")'})

    def test_apps_are_installed_from_the_roof_down(self) -> None:
        installed = [config.name for config in apps.get_app_configs() if config.name in house.APPS]
        for place, app in enumerate(installed):
            assert not house.BELOW[app] & set(installed[:place]), f"{app} stands below an app it may import"


class TestName:
    def test_top_level_names_are_a_closed_list(self) -> None:
        assert house.unknown_names(os.listdir(ROOT)) == []
        assert house.unknown_names(["reports", "core", "notes.md"]) == ["core", "notes.md"]

    def test_no_file_is_a_drawer_for_everything(self) -> None:
        assert house.forbidden_names([*CODE, *TESTS, *TEMPLATES]) == []
        assert house.forbidden_names(["reports/utils.py", "reports/core/x.py", "accounts/signals.py"])

    def test_no_app_folder_is_empty(self) -> None:
        for app in house.APPS:
            if (ROOT / app).is_dir():
                assert [path for path in CODE if path.startswith(f"{app}/")], app

    def test_nothing_is_wrapped_for_translation(self) -> None:
        assert house.translations({**CODE, **TEMPLATES}) == []
        assert house.translations({"a.py": "from django.utils.translation import gettext_lazy as _"})
        assert house.translations({"a.html": "{% load static i18n %}"})
        assert house.translations({"a.html": '{% translate "Save" %}'})

    def test_every_model_says_what_it_is(self) -> None:
        assert house.undescribed_models(CODE) == []
        assert house.undescribed_models({"a/models.py": "class Thing(models.Model):\n    x = 1"})

    def test_only_the_models_change_a_status(self) -> None:
        assert house.assigned_status(CODE) == []
        assert house.assigned_status({"reports/views.py": "report.status = 'closed'"})
        assert house.assigned_status({"reports/admin.py": "rows.update(status='closed')"})

    def test_every_requirement_has_its_reason(self) -> None:
        text = (ROOT / "pyproject.toml").read_text()
        assert house.reasonless(text) == []
        assert house.reasonless('dependencies = [\n    "django>=5",\n]\n') == ['"django>=5",']

    def test_no_checker_is_silenced_without_a_reason(self) -> None:
        others = {
            path: text for path, text in TESTS.items() if path not in {"tests/test_structure.py", "tests/reasons.py"}
        }
        assert unexplained({**CODE, **others}) == []
        silent = [
            "x()  # type: ignore",
            "x()  # type: ignore[arg-type]",
            "x()  # noqa: N818, E402",
            'x("#")  # nosec B608',
        ]
        assert unexplained({"a.py": "\n".join(silent)}) == ["a.py:1", "a.py:2", "a.py:3", "a.py:4"]
        assert unexplained({"a.py": "x()  # our own names  # nosec B608\ny()  # noqa: N818  it is no fault"}) == []


class TestAdmin:
    def test_every_admin_is_scoped(self) -> None:
        """Stock admins that other packages register would be a second door, to password resets and second factors."""
        assert [model for model, each in admin.site._registry.items() if not isinstance(each, ScopedAdmin)] == []


class TestSize:
    def test_files_have_at_most_300_lines(self) -> None:
        assert house.too_long({**CODE, **TESTS}, 300) == []
        assert house.too_long({"a.py": "x\n" * 301}, 300)

    def test_templates_have_at_most_120_lines(self) -> None:
        assert house.too_long(TEMPLATES, 120) == []

    def test_functions_have_at_most_30_lines_and_views_25(self) -> None:
        assert house.long_functions(CODE) == []
        assert house.long_functions({"a/views.py": "def show(request):\n" + "    x = 1\n" * 25})
        assert house.long_functions({"a/forms.py": "def show(request):\n" + "    x = 1\n" * 30})

    def test_half_of_all_functions_have_at_most_6_lines_of_body(self) -> None:
        functions = [node for text in CODE.values() for node in ast.walk(ast.parse(text))]
        lengths = [node.end_lineno - node.body[0].lineno + 1 for node in functions if isinstance(node, ast.FunctionDef)]
        assert statistics.median(lengths) <= 6


class TestTemplate:
    def test_no_inline_script_style_or_handler(self) -> None:
        assert house.inline_code({path: text for path, text in TEMPLATES.items() if path.endswith(".html")}) == []

    @pytest.mark.parametrize(
        "text",
        [
            "<script>x()</script>",
            '<script type="module">x()</script>',
            "<style>a{}</style>",
            '<p class="a" style="color:red">',
            '<button type="button" onclick="x()">',
            '<a href="javascript:x()">',
        ],
    )
    def test_each_kind_of_inline_code_is_found(self, text: str) -> None:
        assert house.inline_code({"a.html": text})

    def test_a_page_is_one_level_below_its_layout(self) -> None:
        assert house.two_levels({path: text for path, text in TEMPLATES.items() if path.endswith(".html")}) == []
        assert house.two_levels({"templates/reports/a.html": '{% extends "reports/b.html" %}'})

    def test_scripts_are_es2017_behaviours_without_a_bundler(self) -> None:
        scripts = house.read("*.js", "static")
        assert scripts
        assert house.too_long(scripts, 300) == []
        assert not [path for path, text in scripts.items() if "eval(" in text or "innerHTML" in text]


class TestMirror:
    def test_tests_mirror_modules(self) -> None:
        beside = ("tests/browser/", "tests/bench/")
        mirrored = [path for path in TESTS if "/test_" in path and not path.startswith(beside)]
        assert house.orphans(mirrored, CODE) == []
        assert house.orphans(["tests/reports/test_nothing.py"], CODE)

    def test_exceptions_of_the_mirror_exist(self) -> None:
        assert set(house.MIRRORS) <= set(TESTS)

    def test_every_test_folder_is_a_package(self) -> None:
        """Without it two test files of one name shadow each other."""
        assert house.folders_without_init(TESTS) == []
        assert house.folders_without_init(["tests/a/test_x.py"]) == ["tests/a"]

    def test_every_module_can_be_imported(self) -> None:
        for path in CODE:
            if "/management/" not in path and not path.endswith("wsgi.py"):
                import_module(path.removesuffix(".py").removesuffix("/__init__").replace("/", "."))

    def test_the_suite_is_collected_without_the_development_requirements(self) -> None:
        assert development_imports(TESTS) == []
        assert development_imports({"tests/test_x.py": "import os\nfrom hypothesis import given"}) == [
            "tests/test_x.py:2"
        ]
        assert development_imports({"tests/test_x.py": "from hypothesisplus import given"}) == []


@pytest.mark.django_db
class TestTrigger:
    def test_the_database_has_exactly_the_triggers_of_the_migrations(self) -> None:
        expected = expected_triggers(connection.vendor)
        assert expected
        assert installed_triggers(connection) == expected

    def test_a_lost_trigger_is_noticed(self) -> None:
        name = sorted(expected_triggers(connection.vendor))[0]
        drop = f'DROP FUNCTION "{name}"() CASCADE' if connection.vendor == "postgresql" else f'DROP TRIGGER "{name}"'
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(drop)
            assert name not in installed_triggers(connection)
            transaction.set_rollback(True)

    def test_every_table_of_events_is_append_only(self) -> None:
        names = expected_triggers(connection.vendor)
        for model in apps.get_models():
            if issubclass(model, Event):
                table = model._meta.db_table
                assert {f"{table}_append_only_update", f"{table}_append_only_delete"} <= names, table


EVENTS = [model for model in apps.get_models() if issubclass(model, Event)]


class TestChain:
    def test_every_chain_of_the_stage_is_whole(self, stage: object) -> None:
        assert [(model, fault) for model in EVENTS for fault in broken_chains(model)] == []

    def test_a_changed_event_breaks_its_chain(self, stage: object) -> None:
        for model in EVENTS:
            if event := model.objects.order_by("pk").first():
                with permit():
                    model.objects.filter(pk=event.pk).update(action="forged")
                assert list(broken_chains(model)), model
