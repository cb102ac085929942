"""Lifecycles as data: stage x act -> stage, with role, guard, article and what it starts."""
