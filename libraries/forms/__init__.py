"""Shape and wording of what librarians and the agency type."""
