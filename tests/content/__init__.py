"""The shipped plan book says what the trade says."""
