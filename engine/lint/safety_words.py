"""What breaks a safety line, in words; each is said behind the line that it breaks."""

from __future__ import annotations

from engine.text import Text

BREAKS: dict[str, Text] = {
    "gone": Text("预案里没有“{name}”这一步了", "the plan has no step '{name}' any more"),
    "no-answer": Text("“{step}”没有“{name}”这个回答了", "'{step}' has no answer '{name}' any more"),
    "early": Text(
        "“{target}”会在“{guards}”之前轮到；这样走就会：{road}",
        "'{target}' can come before '{guards}', on this road: {road}",
    ),
    "not-safety": Text("“{step}”不是 class: safety，可以跳过", "'{step}' is not of class safety and can be skipped"),
    "passes": Text("从“{step}”可以绕过“{goals}”", "from '{step}' a road goes past '{goals}'"),
    "held-up": Text("轮到“{step}”之前要等“{other}”", "'{step}' waits for '{other}'"),
    "not-from": Text("出现“{sign}”时轮不到“{step}”", "'{step}' does not come at '{sign}'"),
    "not-waited": Text("“{step}”不等“{other}”做完", "'{step}' does not wait for '{other}'"),
    "alone": Text("“{step}”一个人就能做完", "one person alone can finish '{step}'"),
    "not-inside": Text("全员撤出时“{step}”仍会轮到", "'{step}' is done while everybody is out"),
    "held-back": Text("全员撤出时“{step}”也会被拦住", "'{step}' is held back while everybody is out"),
    "no-restart": Text("“{step}”不会重新计时", "'{step}' does not begin again"),
    "not-handed": Text("“{step}”会等预案“{other}”做完", "'{step}' waits for the end of '{other}'"),
    "others": Text("“{step}”别的角色也能做：{roles}", "'{step}' may be done by others: {roles}"),
    "few": Text("“{step}”只限少数角色", "'{step}' is kept for a few roles"),
    "unsigned": Text("“{step}”不要求签字", "'{step}' is signed by nobody"),
    "without": Text("没有“{roles}”签字，“{step}”也能通过", "'{step}' can be passed without '{roles}'"),
    "too-few": Text("“{step}”只要 {found} 人签字，应有 {wanted} 人", "'{step}' takes {found} signatures, not {wanted}"),
    "wrong-signer": Text("“{step}”由“{roles}”签字", "'{step}' is signed by '{roles}'"),
    "not-out": Text(
        "“{step}”没有叫所有人撤出并由“{hold}”放行", "'{step}' does not get everybody out until '{hold}' is signed"
    ),
    "not-run": Text("“{step}”不等预案“{other}”做完", "'{step}' does not wait for the end of '{other}'"),
    "no-line": Text("“{step}”没有要勾选的“{word}”", "'{step}' has no line to tick with '{word}'"),
    "no-lines": Text("“{step}”没有要逐条勾选的内容", "'{step}' has no lines to tick"),
    "accepts": Text("“{step}”在“{values}”时也能通过", "'{step}' passes with '{values}' too"),
    "no-condition": Text("“{step}”不看读数就能通过", "'{step}' passes whatever was read"),
    "not-lasting": Text("“{step}”的时长不取自 site.{name}", "'{step}' does not last site.{name}"),
    "no-parameter": Text("本站没有参数“{name}”", "the site has no parameter '{name}'"),
    "too-low": Text("本站可以把“{name}”设得比 {limit} 低", "a site may set '{name}' lower than {limit}"),
    "too-high": Text("本站可以把“{name}”设得比 {limit} 高", "a site may set '{name}' higher than {limit}"),
}  # fmt: skip


def breaks(kind: str, /, **facts: Text | str) -> Text:
    """The words of that kind, filled in each language."""
    said = BREAKS[kind]
    zh, en = (
        {name: fact.of(language) if isinstance(fact, Text) else fact for name, fact in facts.items()}
        for language in ("zh", "en")
    )
    return Text(said.zh.format(**zh), said.en.format(**en))
