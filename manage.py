#!/usr/bin/env python
"""Django's command line for the portal."""

import os
import sys


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kimportal.settings")
    try:
        from django.core.exceptions import ImproperlyConfigured
        from django.core.management import execute_from_command_line
        from django.db import DatabaseError
    except ImportError as error:
        raise SystemExit(
            "Django belum terpasang. Jalankan `make run`, atau `pip install -r requirements.txt`."
        ) from error
    try:
        execute_from_command_line(sys.argv)
    except ImproperlyConfigured as error:  # a wrong setting: the sentence is enough, nobody needs the traceback
        raise SystemExit(str(error)) from None
    except DatabaseError as error:
        from kimportal.environment import database_trouble  # imports Django, which may be missing

        if "--traceback" in sys.argv or not (words := database_trouble(error)):
            raise
        raise SystemExit(words) from None


if __name__ == "__main__":
    main()
