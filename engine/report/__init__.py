"""What leaves the program on paper or as a file.

words     what is said on it, in two languages
sheet     the status sheet: where a run stands, for the day the program stops
shelf     puts a sheet where it survives: whole, or the one before it
"""
