"""The shipped plan book: YAML, and no code beside this sentence."""
