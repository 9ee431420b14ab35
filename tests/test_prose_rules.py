"""Every rule of the prose reader does what its own example says."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from hlanalysis.reading.folding import fold
from hlanalysis.reading.items import Itemizer
from hlanalysis.reading.periods_in_text import read_when
from hlanalysis.reading.prose import read_prose
from hlanalysis.reading.rules import patterns, table

CUES = table("cues")["cue"]
UNITS = table("units")["unit"]
TRAPS = [(trap["why"], example) for trap in table("traps")["trap"] for example in trap["examples"]]
PERIODS = [
    (phrase, period)
    for rule in table("periods")["period"]
    for phrase, period in rule["examples"].items()
]
RELATIONS = [rule for rule in table("relations")["relation"] if "example" in rule]


def items_of(text: str) -> list[tuple]:
    folded = fold(text)
    return Itemizer(text, folded, patterns(), True, []).items(0, len(text))


@pytest.mark.parametrize("cue", CUES, ids=lambda cue: f"{cue['kind']} {cue['example'][:24]}")
def test_a_cue_is_seen_in_its_example(cue):
    assert cue["kind"] in {item[0] for item in items_of(cue["example"])}


@pytest.mark.parametrize("cue", CUES, ids=lambda cue: f"{cue['kind']} {cue['words'][0]}")
def test_no_cue_denies_a_word_of_its_own(cue):
    assert not set(cue.get("deny", ())) & set(cue["words"])


@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: f"{unit['id']} {unit['words'][0]}")
def test_a_unit_is_read_in_its_example(unit):
    statements = read_prose(unit["example"]).statements
    assert unit["id"] in {statement.unit for statement in statements}


@pytest.mark.parametrize(("why", "example"), TRAPS, ids=[example for _, example in TRAPS])
def test_a_trap_states_no_figure(why, example):
    assert read_prose(f"Thực hiện theo {example}.").statements == []


@pytest.mark.parametrize(("why", "example"), TRAPS, ids=[example for _, example in TRAPS])
def test_a_trap_without_diacritics_states_no_figure_either(why, example):
    bare = f"Theo bao cao cua uy ban, thuc hien theo {fold(example)}."
    if any(mark in example for mark in "“”"):
        pytest.skip("the quotation mark is part of the example, not of the letters")
    assert read_prose(bare).statements == []


@pytest.mark.parametrize(("phrase", "period"), PERIODS, ids=[phrase for phrase, _ in PERIODS])
def test_a_time_expression_reads_as_its_example_says(phrase, period):
    when = [item for item in items_of(f"x {phrase}") if item[0] == "when"]
    assert len(when) == 1
    read = read_when(when[0][3], 2024, "2024-10M")
    assert period in (read.period, read.as_of)


@pytest.mark.parametrize("rule", RELATIONS, ids=lambda rule: rule["name"])
def test_a_relation_reads_as_its_example_says(rule):
    example = rule["example"]
    last = read_prose(example["text"], doc_year=2024, doc_period="2024").statements[-1]
    assert (last.kind, float(last.value), last.base, last.rule) == (
        rule["kind"],
        example["value"],
        example.get("base"),
        rule["name"],
    )


def test_patterns_open_as_the_gate_thinks():
    """A pattern that could open with another letter than its openings would never be tried."""
    token = patterns().token
    for _, example in TRAPS:
        assert token.search(fold(example)), example


def test_repeats_in_patterns_are_bounded_or_possessive():
    """No unbounded repeat stands inside an unbounded repeat: reading stays linear."""
    nested = re.compile(r"\([^()]*[+*](?![+])[^()]*\)[+*](?![+])")
    for name, key in (("traps", "trap"), ("periods", "period")):
        for rule in table(name)[key]:
            assert not nested.search(rule["pattern"]), rule["pattern"]


def test_the_page_on_reading_names_every_rule_with_its_example():
    page = (Path(__file__).parents[1] / "docs" / "reading.md").read_text(encoding="utf-8")
    for rule in table("relations")["relation"]:
        assert f"`{rule['name']}`" in page
        assert rule.get("example", {}).get("text", "") in page
    for why, example in TRAPS:
        assert f"| {why} |" in page and example in page
    for phrase, period in PERIODS:
        assert f"{phrase} → {period}" in page
    for cue in CUES:
        assert cue["words"][0] in page


def test_the_page_on_reading_names_every_rule_a_statement_can_carry():
    page = (Path(__file__).parents[1] / "docs" / "reading.md").read_text(encoding="utf-8")
    lines = [
        line
        for path in sorted((Path(__file__).parent / "data" / "prose").glob("*.jsonl"))
        for line in path.read_text(encoding="utf-8").splitlines()
    ]
    carried = {
        statement.rule
        for record in map(json.loads, lines)
        for statement in read_prose(record.get("text_unicode") or record["text"]).statements
    }
    assert len(carried) > 20
    assert not [rule for rule in carried if f"`{rule}`" not in page]
