"""What each verb of the command line does.

Each returns the exit code: 0 fine, 1 refused or broken, 2 fine with declared exceptions, 3 could not tell.
"""
