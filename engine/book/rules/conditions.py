"""Rules of conditions: their form, their names, and what may be compared."""

from __future__ import annotations

from engine.book.rules.rule import rule
from engine.text import Text

CONDITIONS = (
    rule(
        "single-equals",
        Text("单个 = 不是比较", "A single ="),
        Text("相等写 ==。", "Equality is written ==."),
        'only_when: "depth = 3"',
        'only_when: "depth == 3"',
        readable=True,
    ),
    rule(
        "condition-grammar",
        Text("条件的写法不对", "Not the form of a condition"),
        Text(
            "条件由名称、数值、时长、比较、and、or、not 和括号组成，没有单位、引号和计算。",
            "A condition is names, numbers, lengths of time, comparisons, and, or, not and parentheses: "
            "no units, no quotes, no arithmetic.",
        ),
        'when: "depth >= 3cm"',
        'when: "depth >= 3"',
        readable=True,
    ),
    rule(
        "condition-name",
        Text("条件里的名称没有声明", "A condition with an undeclared name"),
        Text(
            "条件里只能用这个预案的读数、里程碑、步骤.回答、waited（只在步骤里）、since-里程碑、"
            "名称-rise（要写 rise）、"
            "site.名称 和 site.room.名称。",
            "A condition may use readings, marks, STEP.ANSWER, waited (in steps only), since-MARK, "
            "NAME-rise (of a "
            "reading with rise), site.NAME and site.room.NAME.",
        ),
        'when: "dpth >= 3"',
        'when: "depth >= 3"',
        readable=True,
    ),
    rule(
        "unlike-compared",
        Text("条件里比较的种类不合", "A condition that compares different things"),
        Text(
            "数值与数值比，时长与时长比；是或否的名称单独写。",
            "Numbers are compared with numbers, lengths of time with lengths of time; a yes-or-no name "
            "stands alone.",
        ),
        'when: "waited >= 3"',
        'when: "waited >= 3m"',
        readable=True,
    ),
    rule(
        "units-differ",
        Text("条件里的单位不同", "A condition with different units"),
        Text(
            "两个值的单位必须相同，程序不换算。",
            "Both values have the same unit; nothing is converted.",
        ),
        'when: "depth >= site.area-small"',
        'when: "wet-area >= site.area-small"',
        readable=True,
    ),
)
