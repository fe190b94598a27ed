"""One archive with all rows and files, and the way back from it.

Home-made because what exists does one half: pg_dump and SQLite's backup know one engine and no files, django-dbbackup
calls them, and dumpdata holds every row in memory and neither photos nor hashes.
"""
