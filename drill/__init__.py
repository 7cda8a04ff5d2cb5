"""The drill: the same plan, the same engine and the same screens under another mark, DRILL / 演练.

Nothing lives here yet. What will, in this order, each importing only from its left and from `engine`:

    scenario    what is true in one drill, what is injected and when, and what is expected of the players
    crew        simulated people, who see only what the players' screen shows and the scenario's facts
    exercise    the conductor: the drill's clock and its injects, pure and seeded
    scoring     entries and scenario make findings, findings make a score, computable again for ever
    review      hot wash, ratings and improvement items
    programme   which drills, patrols and trainings are due, done and overdue

A drill is a run of `engine` whose id begins with D; nothing in `engine` asks whether it is one.
"""
