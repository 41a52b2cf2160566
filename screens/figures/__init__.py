"""Figures as the screens show them."""
