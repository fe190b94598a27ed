"""Taking over the list of KIM that a regency already keeps: read, checked as a whole, then stored as a whole."""

from groups.imports.checking import Fault, Plan, plan_for
from groups.imports.columns import COLUMNS, template_csv
from groups.imports.storing import store

__all__ = ["COLUMNS", "Fault", "Plan", "plan_for", "store", "template_csv"]
