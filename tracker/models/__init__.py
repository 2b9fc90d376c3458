"""What we store: tables, the journal and accounts. No rules, no dates of today."""
