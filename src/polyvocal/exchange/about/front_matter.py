"""YAML front matter: what stands between two lines of three dashes at the very beginning of a text.

It is front matter if it is a mapping in which at least one key is known here; else it is text. Values are read as
words, whatever YAML would make of them (10:45 is a time, not a number to the base 60). References (aliases) are
refused, since a few lines of them can stand for gigabytes.
"""

import re
from typing import Any, NamedTuple

import yaml

from polyvocal.exchange.about.found import Claim, Origin
from polyvocal.exchange.about.keywords import LABELS, plain

MAX_CHARACTERS = 16_384
_WHOLE = re.compile(r"---[ \t]*\n(.*?)^(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)


class FrontMatter(NamedTuple):
    """What it says; what in it is not known here, as "key: words"; how many characters it takes; what is wrong."""

    claims: tuple[Claim, ...] = ()
    unknown: tuple[str, ...] = ()
    length: int = 0
    fault: str = ""


class _Words(yaml.BaseLoader):
    """A loader for which every value is words, and that follows no reference."""

    def compose_node(self, parent: Any, index: Any) -> Any:
        if self.check_event(yaml.AliasEvent):
            raise yaml.YAMLError("it refers to itself (with *), which is not read")
        return super().compose_node(parent, index)

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:  # noqa: FBT001, FBT002
        """As it is written: a key that stands twice would lose what it says first."""
        found: set[str] = set()
        for key, _ in node.value:
            if isinstance(key, yaml.ScalarNode) and key.value in found:
                raise yaml.MarkedYAMLError(problem="a key stands twice", problem_mark=key.start_mark)
            found.add(key.value if isinstance(key, yaml.ScalarNode) else "")
        return super().construct_mapping(node, deep)


def read_front_matter(text: str) -> FrontMatter:
    """What the front matter of a text says. What is wrong with it is told, and its `length` is 0: it stays text."""
    if not text.startswith("---"):
        return FrontMatter()
    match = _WHOLE.match(text[:MAX_CHARACTERS])
    if match is None or not match[1].strip():
        return FrontMatter()
    try:
        found = yaml.load(match[1], Loader=_Words)  # noqa: S506 - it makes nothing but words, lists and dictionaries
    except (yaml.YAMLError, RecursionError, ValueError) as fault:
        return FrontMatter(fault=_where(fault)) if _says_something(match[1]) else FrontMatter()
    if not isinstance(found, dict):
        return FrontMatter()
    claims: list[Claim] = []
    unknown = []
    for name, value in found.items():
        words = _words(value)
        key = LABELS.get(plain(str(name)))
        if key is None:
            unknown.append(f"{name}: {words}")
        elif words:
            claims.append(Claim(key, words, Origin.FRONT_MATTER))
    if not claims and len(unknown) == len(found):
        return FrontMatter()
    return FrontMatter(tuple(claims), tuple(unknown), match.end())


def _says_something(block: str) -> bool:
    """Whether a line of it begins with a key that is known: then it was meant to be front matter."""
    return any(plain(line.partition(":")[0]) in LABELS for line in block.split("\n") if ":" in line)


def _where(fault: Exception) -> str:
    """What is wrong in it, and in which line; without its words."""
    mark = getattr(fault, "problem_mark", None)
    problem = getattr(fault, "problem", None) or (
        "it is nested too deep" if isinstance(fault, RecursionError) else str(fault)
    )
    return f"{problem} (line {mark.line + 2})" if mark is not None else problem


def _words(value: Any) -> str:
    """A value as words on one line: of a list or a mapping its parts, set apart by semicolons."""
    if isinstance(value, list):
        return "; ".join(filter(None, map(_words, value)))
    if isinstance(value, dict):
        return "; ".join(f"{name}: {_words(one)}" for name, one in value.items())
    return " ".join(str(value).split())
