"""Plans of the book with one thing changed, the way a careless edit would: each must be refused somewhere."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from typing import Any

from engine.plan import After, Runbook, Sign, Site
from tests.content.theorems import Mutant


def changed(runbook: str, step: str, said: str, **fields: Any) -> Mutant:
    """One step with other fields."""

    def edit(plan: Runbook) -> Runbook:
        assert any(one.id == step for one in plan.steps), step
        return replace(
            plan, steps=tuple(replace(one, **fields) if one.id == step else one for one in plan.steps)
        )

    return Mutant(runbook, f"{step} {said}", edit)


def follows(runbook: str, step: str, *names: str) -> Mutant:
    """A step that comes after something else; `name` or `name.answer`."""
    return changed(
        runbook, step, f"after {' and '.join(names)}", after=_after(names), after_all=False, starts=False
    )


def _after(names: tuple[str, ...]) -> tuple[After, ...]:
    parts = (name.partition(".") for name in names)
    return tuple(After(name, answer or None) for name, _, answer in parts)


def skippable(runbook: str, step: str) -> Mutant:
    """A step that is of class safety no longer."""
    return changed(runbook, step, "can be skipped", cls="mandatory")


def signed_by(runbook: str, step: str, *roles: str) -> Mutant:
    """A hold with other signatures."""
    return changed(runbook, step, f"signed by {' and '.join(roles)}", sign=Sign(roles, len(roles)))


def refused_to(runbook: str, step: str, target: str) -> Mutant:
    """A refusal that leads somewhere else."""
    return changed(runbook, step, f"refused leads to {target}", refused=target)


def unticked(runbook: str, step: str) -> Mutant:
    """A step that has lost the lines to tick."""
    return changed(runbook, step, "without its lines", check=())


def without_line(runbook: str, step: str, word: str) -> Mutant:
    """A step that has lost the line of that word, and kept the others."""

    def edit(plan: Runbook) -> Runbook:
        found = next(one for one in plan.steps if one.id == step)
        left = tuple(line for line in found.check if word not in line.en)
        assert left and left != found.check, (step, word)
        return replace(
            plan, steps=tuple(replace(one, check=left) if one is found else one for one in plan.steps)
        )

    return Mutant(runbook, f"{step} without the line of '{word}'", edit)


def alone(runbook: str, step: str) -> Mutant:
    """A step that one person may finish."""
    return changed(runbook, step, "alone", never_alone=False, verify=None)


def handed_over(runbook: str, step: str) -> Mutant:
    """A run that is not waited for."""
    return changed(runbook, step, "is not waited for", hand_over=True)


def only_for(runbook: str, step: str, *roles: str) -> Mutant:
    """A step that only these may do."""
    return changed(runbook, step, f"only for {' and '.join(roles)}", roles=roles)


def expecting(runbook: str, step: str, that: str) -> Mutant:
    """A step that is content with less."""

    def edit(plan: Runbook) -> Runbook:
        found = next(one for one in plan.steps if one.id == step)
        assert found.expect is not None
        weaker = replace(found, expect=replace(found.expect, that=that))
        return replace(plan, steps=tuple(weaker if one.id == step else one for one in plan.steps))

    return Mutant(runbook, f"{step} expects {that}", edit)


def needing(runbook: str, hold: str, needs: str | None) -> Mutant:
    """A hold that is signed on less, or on nothing that was measured."""
    return changed(runbook, hold, f"needs {needs or 'nothing'}", needs=needs)


def from_outside(runbook: str, step: str) -> Mutant:
    """A step that is done also while everybody is out."""
    return changed(runbook, step, "is held back by nothing", inside=False)


def letting_in(runbook: str, step: str, hold: str | None) -> Mutant:
    """A step that calls everybody out, and another hold or none lets them in again."""
    return changed(runbook, step, f"until {hold or 'nobody says so'}", withdraw=hold)


def set_free(
    runbook: str,
    parameter: str,
    *,
    least: Decimal | timedelta | None = None,
    most: Decimal | timedelta | None = None,
) -> Mutant:
    """A site that may set a parameter beyond what is safe."""

    def edit(site: Site) -> Site:
        return replace(
            site,
            parameters=tuple(
                replace(one, least=least or one.least, most=most or one.most) if one.id == parameter else one
                for one in site.parameters
            ),
        )

    return Mutant(runbook, f"a site may set {parameter} to {least or most}", edit_site=edit)
