"""The agency's side: its libraries, the months that wait, its cut-offs."""

from libraries.admin import articles as articles
from libraries.admin import months as months
from libraries.admin import policy as policy
from libraries.admin import queue as queue
from libraries.admin import stories as stories
from libraries.admin import surveys as surveys
from libraries.admin import synergy as synergy
