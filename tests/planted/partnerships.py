"""Sabotages of partnerships/: proposals, agreements' papers, others' commitments."""

from __future__ import annotations

from tests.planted.bug import Bug

VIEWS = "tests/partnerships/views"

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
)
