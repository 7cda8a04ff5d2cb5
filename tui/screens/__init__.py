"""The screens: what keys do, and when something is painted. What is shown is worked out in `frame`.

opening   the first frame, drawn while book and store are opened
home      the start list, who and where
seat      a run at this screen: the record in the worker, what others write, painting
doing     asking for what an act needs, and doing it
listing   the list on Tab: every act by its number, what answers an alarm by the 0
incident  what F9 shows of the run that is left for it
walk      keys, looking, leaving
keys      which key does what
"""
