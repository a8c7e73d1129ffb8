"""What was published when, from which vintage, under which rule, and by which two people."""
