"""A portal full of made-up life, for trying it out. Only `seed_demo` and the measurements use this package."""
