"""The Approach to Implementation: phases and steps, plans and actions, stalls, support given."""
