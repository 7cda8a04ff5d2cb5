"""The screens: home and walk."""
