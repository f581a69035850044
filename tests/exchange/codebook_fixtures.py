"""Codebooks made by hand, rich, empty and hostile, for the writers' tests."""

from collections.abc import Sequence
from datetime import datetime, timedelta, timezone
from typing import Any

from polyvocal.domain.ids import CodeId
from polyvocal.domain.records import Code
from polyvocal.domain.words import CodeKind
from polyvocal.services.queries.codebook import CodebookEntry, CodebookReport, MemoShown, Quote

MADE_AT = datetime(2026, 3, 5, 16, 40, tzinfo=timezone(timedelta(hours=1)))
HOSTILE = (
    '=HYPERLINK("http://x","<b>&amp;</b>")\x00\x07\x1b[31m|`# *_[link](x)</td><script>alert(\'1\')</script>\ud800\ufffe'
)
LONG = "An unending name " * 588 + "end."

ARABIC = "قالت إحدى عضوات اللجنة: «نحن لسنا هنا لنزيّن الجدول، بل لنسأل من يقرر ومتى». ثم صمت الجميع قليلاً."
CHINESE = "病房团队的护士说：“我们的经验也是数据。”之后，研究者在白板上写下了这句话，没有人反对。"
EMOJI = "On the flip chart somebody drew 👩🏽‍⚕️ → 🤷 and under it: “who decides? 🗳️”. Laughter, then nobody took it down."
ENGLISH = (
    "The facilitator asks each table for “one thing that we can all live with”. Our table does not answer. Maureen says, "
    "not loudly, that the ward had written theirs down in March and that it was still in the drawer."
)
LONG_DEFINITION = (
    "What a participant does or says in the meeting so that an understanding of the work comes to be shared by those who "
    "are in the room, or is at least treated as if it were. It is about the meeting as a tool: putting a name to "
    "something, laying two accounts side by side, drawing what has only been talked of, telling a story again until it "
    "fits.\nIt is not necessary that anybody agrees; what counts is that the meeting is used for making sense, and "
    "that somebody present could have noticed."
)


def code(
    number: int,
    name: str,
    *,
    parent: int | None = None,
    kind: CodeKind = CodeKind.CODE,
    colour: str = "#2f6f9f",
    retired: bool = False,
    definition: str | None = None,
    use_when: str | None = None,
    not_when: str | None = None,
    example: str | None = None,
) -> Code:
    return Code(
        id=CodeId((7 << 32) + number),
        name=name,
        parent=None if parent is None else CodeId((7 << 32) + parent),
        kind=kind,
        definition=definition,
        use_when=use_when,
        not_when=not_when,
        example=example,
        colour=colour,
        position=number,
        retired=retired,
    )


def quote(text: str, *observers: str, phase: str | None = "during", source: str = "Plenary, first day") -> Quote:
    return Quote(text, text.endswith("…"), observers, phase, source, "Bea")


def memo(text: str, *, title: str | None = None, author: str | None = "Bea") -> MemoShown:
    return MemoShown("code", title, text, author, 1_772_700_000_000_000)


def entry(
    code: Code,
    depth: int = 0,
    path: str | None = None,
    *,
    by_observer: Sequence[tuple[str, int]] = (),
    by_phase: Sequence[tuple[str, int]] = (),
    quotes: Sequence[Quote] = (),
    memos: Sequence[MemoShown] = (),
) -> CodebookEntry:
    passages = sum(number for _, number in by_phase)
    return CodebookEntry(
        code,
        depth,
        path or code.name,
        passages,
        min(passages, 6),
        tuple(by_observer),
        tuple(by_phase),
        tuple(quotes),
        tuple(memos),
    )


def report(
    *entries: CodebookEntry, title: str = "Learning together on the ward", approach: str | None = "reflexive"
) -> CodebookReport:
    return CodebookReport(title, MADE_AT, approach, ("Bea", "Ines Okafor", "محمود"), entries)


def empty_report() -> CodebookReport:
    return CodebookReport("A project that has just begun", MADE_AT, None, (), ())


def rich_report() -> CodebookReport:
    """Some 25 codes in three levels, with all that a codebook can hold."""
    theme, category = CodeKind.THEME, CodeKind.CATEGORY
    counts: dict[str, Any] = {
        "by_observer": (("Ines Okafor", 14), ("محمود", 9), ("李娜", 4), ("no observer", 1)),
        "by_phase": (("before", 3), ("during", 19), ("after", 5), ("no phase", 1)),
    }
    few: dict[str, Any] = {"by_observer": (("Ines Okafor", 2),), "by_phase": (("during", 2),)}
    tool = "The meeting as a sense-making tool"
    terms = "Terms of collaboration"
    entries = [
        entry(
            code(1, tool, kind=theme, colour="#2f6f9f", definition=LONG_DEFINITION),
            memos=[
                memo(
                    "This began as three codes in the first week and was put together after the debrief.",
                    title="How it grew",
                ),
            ],
        ),
        entry(
            code(
                2,
                "Putting a name to it",
                parent=1,
                colour="#d1495b",
                definition=LONG_DEFINITION,
                use_when="somebody gives a word, a picture or a number to what had none, and others take it up or refuse it.",
                not_when="the name was on the agenda before, or is only read out.",
                example="“So what we are talking of is waiting that nobody counts.”",
            ),
            1,
            f"{tool} / Putting a name to it",
            **counts,
            quotes=[
                quote(ENGLISH, "Ines Okafor"),
                quote(ARABIC, "محمود", phase="after", source="ملاحظات اليوم الثاني"),
                quote(CHINESE, "李娜", "Ines Okafor", phase=None, source="第一天 · 全体会议"),
            ],
            memos=[
                memo(
                    "Is naming always public? The train notes have a naming that was never said aloud.\n\nCompare with "
                    "“Voting with the feet”.",
                    title="Public or not",
                ),
                memo("لا أزال أتساءل: من يملك الاسم؟", author="محمود"),
            ],
        ),
        entry(
            code(3, "A word from outside", parent=2, colour="#ffffff"),
            2,
            f"{tool} / Putting a name to it / A word from outside",
            **few,
            quotes=[quote(EMOJI, "Ines Okafor")],
        ),
        entry(
            code(4, "A word of the ward", parent=2, colour="#ffe9a8"),
            2,
            f"{tool} / Putting a name to it / A word of the ward",
        ),
        entry(
            code(
                5,
                "Laying accounts side by side",
                parent=1,
                colour="#edae49",
                definition="Two accounts of one thing are held against each other.",
            ),
            1,
            f"{tool} / Laying accounts side by side",
            **few,
        ),
        entry(
            code(
                6,
                "Telling the story again",
                parent=1,
                retired=True,
                definition="Merged in practice with “Putting a name to it”.",
            ),
            1,
            f"{tool} / Telling the story again",
            **few,
        ),
        entry(code(7, "The meeting as a social validating mechanism", kind=theme, colour="#00798c")),
    ]
    names = ["Being thanked", "Being counted", "Reading the names out", "Applause", "التصديق أمام الجميع", "被看见"]
    for number, name in enumerate(names, start=8):
        entries.append(
            entry(
                code(number, name, parent=7, colour="#00798c"),
                1,
                f"The meeting as a social validating mechanism / {name}",
                **(few if number % 2 else {}),
            )
        )
    entries.append(
        entry(
            code(
                20,
                "Evidence of working on an issue",
                kind=category,
                colour="#003d5b",
                definition="What shows, to whom, that something is being done.",
            ),
            **few,
            quotes=[quote(ENGLISH + " " + ENGLISH[:120] + " …", "Ines Okafor")],
        )
    )
    entries.append(entry(code(21, "Means of protest and resolution", kind=theme, colour="#8d6a9f")))
    for number, name in enumerate(
        ["Voting with the feet", "Silence kept on purpose", "A joke that holds", "Asking for the minutes"], start=22
    ):
        entries.append(
            entry(
                code(
                    number,
                    name,
                    parent=21,
                    colour="#8d6a9f",
                    definition="A refusal that stays polite, and that somebody could deny to have been one.",
                ),
                1,
                f"Means of protest and resolution / {name}",
                **counts,
                quotes=[quote(EMOJI, "李娜", phase="before")],
            )
        )
    entries.append(entry(code(30, terms, kind=category, colour="#66a182")))
    for number, name in enumerate(
        ["Who decides", "Whose experience counts as data", "Whose time is paid", "Who may leave the room"], start=31
    ):
        entries.append(
            entry(
                code(
                    number,
                    name,
                    parent=30,
                    colour="#66a182",
                    use_when="the condition itself is at stake, not just its effect.",
                ),
                1,
                f"{terms} / {name}",
            )
        )
    return report(*entries)
