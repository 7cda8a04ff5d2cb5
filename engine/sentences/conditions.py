"""What is wrong in an expression or a duration."""

from __future__ import annotations

from engine.text import Text

CONDITIONS: dict[str, Text] = {
    # --- text, condition
    "condition-empty": Text(
        "条件是空的：请写成 depth >= 3 这样。", "The condition is empty; write it like depth >= 3."
    ),
    "condition-single-equals": Text("单个 = 不是比较：请写 ==。", "A single = compares nothing; write ==."),
    "condition-instead": Text(
        "这里不能写 {found}：请写 {write}。", "{found} is not used here; write {write}."
    ),
    "condition-full-width": Text(
        "{found} 是全角字符：请写半角的 {write}。", "{found} is a full-width character; write {write}."
    ),
    "condition-space": Text(
        "这里有一个特殊空格 {found}：请改成普通空格。", "{found} is not an ordinary space; write a plain one."
    ),
    "condition-comma": Text(
        "{found}（半角 , 也一样）不能连接条件：请写 and 或 or；数值里不写千分位。",
        "{found} joins nothing, nor does a half-width comma; write and or or, and no commas in numbers.",
    ),
    "condition-quotes": Text(
        "条件里不写引号 {found}：只写读数、标记、回答和数值，要靠文字判断的请用 ask。",
        "A condition has no words in quotes ({found}); compare readings, or write an ask step.",
    ),
    "condition-braces": Text(
        "条件里不写大括号 {found}：请直接写 site.名称。",
        "A condition has no braces ({found}); write site.NAME as it is.",
    ),
    "condition-character": Text(
        "条件里不能有 {found}：名称只用小写字母、数字和连字符，比较只用 < <= > >= == !=。",
        "{found} has no place in a condition; names are small letters, digits and hyphens, "
        "comparisons are < <= > >= == !=.",
    ),
    "condition-arithmetic": Text(
        "条件不做计算（{found}）：请直接比较两个值，上涨写 名称-rise。",
        "A condition does not calculate ({found}); compare two values, and write NAME-rise for a rise.",
    ),
    "condition-chained": Text(
        "{found} 前面已有一个比较：请写成 a < b and b < c。",
        "A comparison stands before {found} already; write a < b and b < c.",
    ),
    "condition-missing-operand": Text(
        "{found} 前面少了一个名称或数值：请写成 depth >= 3 这样。",
        "A name or a number is missing before {found}; write it like depth >= 3.",
    ),
    "condition-missing-end": Text(
        "{found} 后面少了一个名称或数值：请写成 depth >= 3 这样。",
        "A name or a number is missing after {found}; write it like depth >= 3.",
    ),
    "condition-joint": Text(
        "{left} 和 {right} 之间少了比较或者 and、or。",
        "{left} and {right} stand side by side; write a comparison, and, or or between them.",
    ),
    "condition-close": Text(
        "这个 ) 没有对应的 (：请去掉它，或在前面补上 (。",
        "This ) closes nothing; take it away or write its (.",
    ),
    "condition-open": Text("这个 ( 没有对应的 )：请补上。", "This ( is never closed; write its )."),
    "condition-deep": Text(
        "括号套得太深，最多 {most} 层：请拆成几个条件。",
        "Parentheses stand more than {most} deep here; write several conditions.",
    ),
    "condition-compares-group": Text(
        "{found} 只能比较名称和数值，不能比较括号里的条件：请去掉括号。",
        "{found} compares names and numbers, not what stands in parentheses; take the parentheses away.",
    ),
    "condition-band": Text(
        "{name} 的界限以比较开头：请写成 > 27 或 < 18 or > 27。",
        "A limit of {name} begins with a comparison; write it like > 27 or < 18 or > 27.",
    ),
    "condition-two-literals": Text(
        "{left} 和 {right} 都是写死的值，结果永远不变：请比较一个读数。",
        "{left} and {right} are both fixed, so this never changes; compare a reading.",
    ),
    "condition-bare-number": Text(
        "单独的 {found} 说明不了什么：请写出和谁比较，例如 depth > {found}。",
        "{found} alone says nothing; write what is compared with it, like depth > {found}.",
    ),
    "condition-unit": Text(
        "数值 {number} 后面不写单位 {unit}：单位由读数规定。",
        "{number} carries no unit here; take {unit} away, the unit belongs to the reading.",
    ),
    "condition-number": Text(
        "{found} 不是数值：请写成 12、0.5 或 -3 这样。",
        "{found} is not a number; write it like 12, 0.5 or -3.",
    ),
    "condition-number-long": Text(
        "数值最多写 {most} 位。", "A number has at most {most} digits; write a shorter one."
    ),
    "not-a-duration": Text(
        "'{found}' 不是时长：请写成 90s、15m 或 1h30m 这样。",
        "'{found}' is not a duration; write it like 90s, 15m or 1h30m.",
    ),
    "duration-zero": Text(
        "'{found}' 没有长度：请写 0s。", "'{found}' is no time at all; if you mean that, write 0s."
    ),
    "duration-long": Text(
        "'{found}' 太长：最多 {most} 天。", "'{found}' is too long; a duration is at most {most} days."
    ),
    "condition-undeclared": Text(
        "没有声明过 {name}：请先声明它，或检查拼写。",
        "{name} is not declared; declare it, or check its spelling.",
    ),
    "condition-undeclared-near": Text(
        "没有声明过 {name}：是不是 {near}？", "{name} is not declared; did you mean {near}?"
    ),
    "condition-truth-word": Text(
        "不写 {found}：请单独写名称，或写 not 加名称。",
        "{found} is not written in a condition; write the name alone, or not before it.",
    ),
    "condition-not-truth": Text(
        "{name} 是{sort}，不能单独成为条件：请写出和什么比较。",
        "{name} is {sort}, so it is no condition alone; write what it is compared with.",
    ),
    "condition-truth-compared": Text(
        "{name} 是“是或否”：请单独写它，或写 not {name}。",
        "{name} is a yes or no; write it alone, or not {name}.",
    ),
    "condition-sorts": Text(
        "{left} 是{left_sort}，{right} 是{right_sort}，两者不能比较。",
        "{left} is {left_sort} and {right} is {right_sort}; they cannot be compared.",
    ),
    "condition-units": Text(
        "{left} 的单位是 {left_unit}，{right} 的单位是 {right_unit}：单位必须相同。",
        "{left} is in {left_unit} and {right} in {right_unit}; their units must be the same.",
    ),
    "condition-no-order": Text(
        "{name} 是{sort}，没有大小：请写 == 或 !=。", "{name} is {sort} and has no order; write == or !=."
    ),
    "condition-incomparable": Text(
        "{name} 是{sort}，不能比较；时间请用 since-标记 或 waited。",
        "{name} is {sort} and cannot be compared; for times write since-MARK or waited.",
    ),
}
