"""What is printed, sent and kept of a run: parts in two languages, and what draws them. Nothing is read here.

sections    a report as plain data: paragraphs, tables, a timeline, a text word for word
drawing     a timeline as SVG
html        all of it in one file that needs nothing else and prints on A4
markdown    the same as plain text
"""
