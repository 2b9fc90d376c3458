"""JSON for programs: the same queries as the pages, writes through the same operations."""
