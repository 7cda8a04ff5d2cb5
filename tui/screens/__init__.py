"""The screens: what keys do, and when something is painted. What is shown is worked out in `frame`.

opening   the first frame, drawn while book and store are opened
home      the start list, who and where
seat      a run at this screen: the record in the worker, what others write, painting
doing     asking for what an act needs, and doing it
walk      keys, lists, looking
keys      which key does what
"""
