"""Schemes of reward and subsidy as data."""
