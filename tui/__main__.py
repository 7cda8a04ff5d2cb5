"""`python -m tui` is the same as `muster`."""

from tui.cli import main

if __name__ == "__main__":
    main()
