"""Village libraries, one subject a file; the order is the order of imports."""

# ruff: noqa: I001  the order of imports is the order of the house
from libraries.models.library import Library, StaleLibrary
from libraries.models.event import LibraryEvent, LibraryEventText
from libraries.models.searching import LibraryWord
from libraries.models.policy import LibraryPolicy
from libraries.models.coverage import DistrictLibraries
from libraries.models.figures import MonthlyFigures, StaleMonth
from libraries.models.exposure import MediaExposure, Medium
from libraries.models.rollup import DistrictMonth
from libraries.models.target import Indicator, Target
from libraries.models.participation import Participation, Source
from libraries.models.plan import Plan, StalePlan
from libraries.models.goal import Goal, GoalSdg
from libraries.models.planned import PlannedActivity
from libraries.models.survey import SurveyTally
from libraries.models.photo import LibraryPhoto

__all__ = [
    "DistrictLibraries",
    "DistrictMonth",
    "Goal",
    "GoalSdg",
    "Indicator",
    "Library",
    "LibraryEvent",
    "LibraryEventText",
    "LibraryPhoto",
    "LibraryPolicy",
    "LibraryWord",
    "MediaExposure",
    "Medium",
    "MonthlyFigures",
    "Participation",
    "Plan",
    "PlannedActivity",
    "Source",
    "StaleLibrary",
    "StaleMonth",
    "StalePlan",
    "SurveyTally",
    "Target",
]
