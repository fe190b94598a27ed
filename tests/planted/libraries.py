"""Sabotages of libraries/: figures, seats, who registered, impact stories, the survey's small numbers."""

from __future__ import annotations

from tests.planted.bug import Bug

MODELS, VIEWS = "tests/libraries/models", "tests/libraries/views"

BUGS = (
    Bug(
        "locked-month-open",
        "a library changes a month that the agency has accepted",
        "libraries/models/figures.py",
        "            if self.is_locked:\n                raise ValidationError(",
        "            if False:\n                raise ValidationError(",
        (f"{MODELS}/test_figures.py::TestAccept::test_an_accepted_month_is_locked_for_the_library",),
    ),
    Bug(
        "month-overwritten",
        "the slower of two librarians overwrites the other's month unseen",
        "libraries/models/figures.py",
        "        if stored.version != version:\n            raise StaleMonth\n",
        "",
        (
            f"{MODELS}/test_figures.py::TestEnter::"
            "test_two_people_who_began_with_the_empty_month_do_not_overwrite_each_other",
        ),
    ),
    Bug(
        "month-to-come",
        "figures of a month that has not come are taken",
        "libraries/models/figures.py",
        '            raise ValidationError("Bulan ini belum tiba.")\n        before',
        "            pass\n        before",
        (f"{MODELS}/test_figures.py::TestEnter::test_a_month_that_has_not_come_is_refused",),
    ),
    Bug(
        "unlisted-counted",
        "a library taken off the list still counts in its district",
        "libraries/models/rollup.py",
        "rows = MonthlyFigures.objects.within(district_code).filter(month=month, library__is_listed=True)",
        "rows = MonthlyFigures.objects.within(district_code).filter(month=month)",
        (f"{MODELS}/test_rollup.py::TestRollup::test_sums_equal_the_raw_rows",),
    ),
    Bug(
        "own-month-accepted",
        "a librarian accepts the figures of the own library",
        "libraries/permissions.py",
        "    return oversees(user, library) and not is_of_library(user, library)\n",
        "    return can_open_desk(user, library)\n",
        (
            f"{VIEWS}/test_month.py::TestMonthAccept::"
            "test_an_officer_who_is_the_librarian_too_does_not_check_the_own_figures",
        ),
    ),
    Bug(
        "registered-for-ever",
        "who came to a session is kept for years",
        "libraries/models/registration.py",
        "KEEP = timedelta(days=7)",
        "KEEP = timedelta(days=7000)",
        (f"{MODELS}/test_registration.py::TestForgetEnded::test_a_week_after_the_session_nobody_is_left",),
    ),
    Bug(
        "name-after-cancelling",
        "the name stays when a place is given back",
        "libraries/models/registration.py",
        '            self.name = self.email = self.phone = ""\n            self.user = None\n',
        "",
        (
            f"{MODELS}/test_registration.py::TestCancel::"
            "test_everything_about_the_person_goes_and_the_next_one_is_seated",
        ),
    ),
    Bug(
        "place-of-another-key",
        "a form with a known key and other words learns the first one's code",
        "libraries/models/registration.py",
        "        if row.body_digest != entry.digest(session):\n            raise OtherContent\n",
        "",
        (f"{MODELS}/test_registration.py::TestTake::test_the_same_key_with_another_name_learns_nothing",),
    ),
    Bug(
        "alias-dropped",
        "a story shows the real name though its consent is for an alias",
        "libraries/models/story.py",
        "        return self.real_name if self.is_named else self.alias\n",
        "        return self.real_name\n",
        (f"{MODELS}/test_story.py::TestShownName::test_the_consent_decides",),
    ),
    Bug(
        "withdrawn-still-named",
        "a withdrawn consent still names the person of a story",
        "libraries/models/story.py",
        "self.consent.text_version == NAMED_STORY_CONSENT and self.consent.withdrawn_at is None",
        "self.consent.text_version == NAMED_STORY_CONSENT",
        (f"{MODELS}/test_story.py::TestShownName::test_without_a_consent_in_force_nobody_is_named",),
    ),
    Bug(
        "survey-of-one",
        "a survey's figure is shown though one person answered",
        "libraries/quality.py",
        "FEWEST = 5 ",
        "FEWEST = 1 ",
        ("tests/libraries/test_quality.py::TestQualityOf::test_a_figure_of_fewer_than_five_people_is_not_there",),
    ),
    Bug(
        "survey-stuffed",
        "one browser answers the survey as often as it likes",
        "libraries/models/survey.py",
        "limit=1, seconds=DAY",
        "limit=1000, seconds=DAY",
        (f"{MODELS}/test_survey.py::TestAnswer::test_one_browser_counts_once_a_day_and_another_one_counts",),
    ),
    Bug(
        "agency-reads-names",
        "the agency reads who registered and who came, not the figures alone",
        "libraries/permissions.py",
        "    return keeps(user, library)\n",
        "    return can_open_desk(user, library)\n",
        (f"{VIEWS}/test_people.py::TestParticipantList::test_the_agency_reads_figures_and_no_names",),
    ),
    Bug(
        "registration-code-plain",
        "whoever reads the database opens every registration",
        "libraries/codes.py",
        'return secret_digest("registration", code)',
        "return code",
        (f"{MODELS}/test_registration.py::TestTake::test_the_database_keeps_no_code",),
    ),
)
