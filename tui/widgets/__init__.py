"""Widgets of our own; there is one: a canvas of lines."""
