"""Sabotages of partnerships/: proposals, agreements, closed meetings and who came, what an office may record."""

from __future__ import annotations

from tests.planted.bug import Bug

MODELS, VIEWS = "tests/partnerships/models", "tests/partnerships/views"

BUGS = (
    Bug(
        "proposal-public",
        "everybody reads who asked whom and was not answered yet",
        "partnerships/models/record.py",
        "            return self.listed()\n",
        "            return self.all()\n",
        (f"{VIEWS}/test_directory.py::TestPartnershipDetail::test_a_proposal_is_404_for_strangers",),
    ),
    Bug(
        "agreement-for-strangers",
        "any signed-in person reads an agreement's sheet",
        "partnerships/views/agreements.py",
        "Agreement.objects.visible_to(request.user).with_sides()",
        "Agreement.objects.with_sides()",
        (f"{VIEWS}/test_agreements.py::TestAgreementPrint::test_not_for_strangers",),
    ),
    Bug(
        "commitment-of-another",
        "a guest of the meeting says that another party's promise was kept",
        "partnerships/views/commitments.py",
        "    if not can_follow_up(person(request), commitment):\n        raise PermissionDenied\n",
        "",
        (f"{VIEWS}/test_commitments.py::TestCommitmentEdit::test_the_party_moves_its_own_and_nobody_elses",),
    ),
    Bug(
        "yes-without-asking",
        "an officer writes down the yes of a partner whose own people answer in the portal",
        "partnerships/permissions.py",
        "if at is None and not can_be_answered(owner)), None)",
        "if at is None), None)",
        (
            "tests/partnerships/test_admin_overview.py::TestConfirmOnPaper::"
            "test_not_where_somebody_answers_and_not_from_another_area",
        ),
    ),
    Bug(
        "signed-without-paper",
        "an agreement counts as signed though nobody has its paper",
        "partnerships/models/agreement.py",
        '            "berkas naskah": self.file,\n',
        "",
        (f"{MODELS}/test_agreement.py::TestSign::test_an_unsigned_signed_one_is_told_what_is_missing",),
    ),
    Bug(
        "closed-meeting-open",
        "everybody reads meetings behind closed doors",
        "partnerships/models/meeting.py",
        "        return self.filter(is_public=True)\n",
        "        return self.all()\n",
        (f"{VIEWS}/test_meetings.py::TestFiles::test_a_paper_of_another_meeting_is_not_there",),
    ),
    Bug(
        "closed-meeting-carried",
        "a public meeting repeats what was promised behind closed doors",
        "partnerships/views/meetings.py",
        "Commitment.objects.visible_to(request.user).carried_to(row)",
        "Commitment.objects.carried_to(row)",
        (f"{VIEWS}/test_meetings.py::TestMeetingDetail::test_a_public_one_tells_nothing_of_a_closed_one",),
    ),
    Bug(
        "attendee-named",
        "a meeting's page and papers name the people who came",
        "partnerships/views/meetings.py",
        "if is_host or not each.is_person]",
        "]",
        (f"{VIEWS}/test_meetings.py::TestMeetingDetail::test_a_line_about_one_person_is_counted_and_not_shown",),
    ),
    Bug(
        "tier-above-the-office",
        "a town's office records the work of the ministry",
        "partnerships/permissions.py",
        "    return list(Tier)[min(own, default=len(Tier)) :] or [Tier.REGENCY]\n",
        "    return list(Tier) if own else [Tier.REGENCY]\n",
        (
            "tests/partnerships/test_admin_facilitation.py::TestFacilitationAdmin::"
            "test_an_office_records_its_own_tier_and_those_below",
        ),
    ),
)
