"""Files in and out. Knows records and figures, not the database and not the request."""
