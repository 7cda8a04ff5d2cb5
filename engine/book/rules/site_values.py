"""Rules of the values that a plan takes from its site and room."""

from __future__ import annotations

from engine.book.rules.rule import rule
from engine.text import Text

SITE_VALUES = (
    rule(
        "own-deputy",
        Text("自己做自己的替补", "Somebody who stands in for themselves"),
        Text(
            "替补是这个人联系不上时打给的另一个人；写成自己，就等于没有。",
            "The deputy is called when this person does not answer; naming the same person again is naming nobody.",
        ),
        "li: {name: 李明, deputy: li}",
        "li: {name: 李明, deputy: zhou}",
        readable=True,
    ),
    rule(
        "undefined-value",
        Text("站点没有这个值", "The site has no such value"),
        Text(
            "site.名称 是 site.yaml 的参数，site.room.名称 是机房的固定值。",
            "site.NAME is a parameter of site.yaml, site.room.NAME a fact of its rooms.",
        ),
        "within: site.isolate-wiat",
        "within: site.isolate-wait",
    ),
    rule(
        "room-lacks-value",
        Text("有的机房没有这个值", "A room lacks this value"),
        Text(
            "预案可能在任何一个机房打开，所以用到的固定值每个机房都要有。",
            "The runbook may be opened for any room, so every room needs the facts it uses.",
        ),
        "why: at {{ site.room.feed }}      # room A2 has no feed",
        "rooms: {A2: {facts: {feed: …}}}",
    ),
    rule(
        "not-a-length",
        Text("站点的这个值不是时长", "The site value is no length of time"),
        Text(
            "时限只能取时长参数；机房的固定值因机房而异，不能做时限。",
            "A limit takes a parameter that is a length of time; a fact of a room differs from room to room.",
        ),
        "within: site.inlet-warn",
        "within: site.isolate-wait",
    ),
    rule(
        "not-a-tag",
        Text("站点的这个值不是标牌", "The site value is no tag"),
        Text(
            "标牌是挂在设备上的字：固定值要用 says 写，每个机房都是文字；数和时长不能当标牌。",
            "A tag is what the plate says: in every room the fact has words under says, no number and no "
            "length of time.",
        ),
        "tag: site.room.area",
        "tag: site.room.crac-tag",
    ),
)
