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
from libraries.models.space import SpaceHour, StaleHour, Weekday
from libraries.models.activity import Activity, ActivityKind, ActivityTag, Audience, StaleActivity, Value
from libraries.models.session import ActivitySession, StaleSession
from libraries.models.registration import Entry, OtherContent, Registration
from libraries.models.attendance import ActivityAttendee, Line, SessionCount, involvement
from libraries.models.material import ActivityMaterial
from libraries.models.story import ImpactStory, StaleStory
from libraries.models.article import Article, ArticleEvent, ArticleEventText, ArticleKind
from libraries.models.synergy import (
    ConsultantBridge,
    InternetPoint,
    InternetPointEvent,
    InternetPointEventText,
    StudentPlacement,
)

__all__ = [
    "Activity",
    "ActivityAttendee",
    "ActivityKind",
    "ActivityMaterial",
    "ActivitySession",
    "ActivityTag",
    "Article",
    "ArticleEvent",
    "ArticleEventText",
    "ArticleKind",
    "Audience",
    "ConsultantBridge",
    "DistrictLibraries",
    "DistrictMonth",
    "Entry",
    "Goal",
    "GoalSdg",
    "ImpactStory",
    "Indicator",
    "InternetPoint",
    "InternetPointEvent",
    "InternetPointEventText",
    "Library",
    "LibraryEvent",
    "LibraryEventText",
    "LibraryPhoto",
    "LibraryPolicy",
    "LibraryWord",
    "Line",
    "MediaExposure",
    "Medium",
    "MonthlyFigures",
    "OtherContent",
    "Participation",
    "Plan",
    "PlannedActivity",
    "Registration",
    "SessionCount",
    "Source",
    "SpaceHour",
    "StaleActivity",
    "StaleHour",
    "StaleLibrary",
    "StaleMonth",
    "StalePlan",
    "StaleSession",
    "StaleStory",
    "StudentPlacement",
    "SurveyTally",
    "Target",
    "Value",
    "Weekday",
    "involvement",
]
