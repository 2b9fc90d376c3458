"""How fast and how large: invented regions in the dossier format, and what reading and judging them costs."""
