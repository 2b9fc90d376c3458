"""Pages: one blueprint per user-facing area, and what every answer has in common."""
