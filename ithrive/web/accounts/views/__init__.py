"""Pages about people: the person's own, administration, invitations, and an area's people."""
