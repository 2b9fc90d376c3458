"""How we read: nouns that answer with plain records, never with rows that know the database."""
