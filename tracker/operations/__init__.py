"""How we change: one verb, one transaction, one journal line; keyword-only, by=."""
