"""The officers' pages for partnerships."""

from partnerships.admin import (  # noqa: F401  each registers itself
    agreements,
    facilitation,
    guidelines,
    legal,
    meetings,
    overview,
)
