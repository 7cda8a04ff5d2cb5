"""What leaves the program on paper or as a file: parts in two languages, and what draws them.

words       what is said on a sheet, in two languages
sheet       the status sheet: where a run stands, for the day the program stops
shelf       puts a sheet where it survives: whole, or the one before it
sections    a report as plain data: paragraphs, tables, a timeline, a text word for word
drawing     a timeline as SVG
html        all of it in one file that needs nothing else and prints on A4
markdown    the same as plain text
paper       a plan on paper, for the day the program has stopped
"""
