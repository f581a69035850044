"""An example for each command: all of them work, in this order, on the sample project. A test runs them."""

EXAMPLES: dict[str, str] = {
    "sample": "polyvocal sample sample.polyvocal",
    "new": 'polyvocal new study.polyvocal --title "Ward rounds 2024"',
    "import": 'polyvocal import sample.polyvocal note.txt --observer "Maren Holt" '
    '--event "Learning community event 1" --phase after',
    "add code": 'polyvocal add sample.polyvocal code "keeping quiet" --definition "Not saying what one thinks."',
    "add codes": "polyvocal add sample.polyvocal codes codes.csv",
    "add coding": 'polyvocal add sample.polyvocal coding --source note --start 0 --end 20 --code "keeping quiet" '
    '--coder "Ines Varga" --concerns "Lay panel"',
    "add codings": "polyvocal add sample.polyvocal codings codings.jsonl",
    "add stance": 'polyvocal add sample.polyvocal stance --coding CODING --by "Lay panel" --stance contests '
    '--term "Whose time is paid"',
    "add person": 'polyvocal add sample.polyvocal person Wren --standing other --group "Lay panel"',
    "add group": 'polyvocal add sample.polyvocal group "night staff"',
    "add event": 'polyvocal add sample.polyvocal event "third gathering" --starts 2025-01-28 --zone Europe/London',
    "add session": 'polyvocal add sample.polyvocal session "opening" --event "third gathering"',
    "add presence": "polyvocal add sample.polyvocal presence --person Wren --session opening --doing taking-part",
    "add term": 'polyvocal add sample.polyvocal term "who may leave early"',
    "add memo": 'polyvocal add sample.polyvocal memo "Like withholding?" --kind code --about code "keeping quiet"',
    "add reading": 'polyvocal add sample.polyvocal reading --source note --coder "Ines Varga"',
    "add stretch": "polyvocal add sample.polyvocal stretch --source note --start 0 --end 34 "
    '--session "Train home" --phase after',
    "add stretches": "polyvocal add sample.polyvocal stretches --source note --from headings",
    "add layer": "polyvocal add sample.polyvocal layer --source note --start 34 --end 54 --layer reflection",
    "add layers": "polyvocal add sample.polyvocal layers --source note --proposed --layer quoted-speech",
    "add time-mark": "polyvocal add sample.polyvocal time-mark --source note --start 0 --end 6 --clock 17:02",
    "add time-marks": 'polyvocal add sample.polyvocal time-marks --source "Measures and closing, Petra" --all',
    "add attribute": 'polyvocal add sample.polyvocal attribute "years on the panel" --type number --unit years',
    "add value": 'polyvocal add sample.polyvocal value --of person Wren --attribute "years on the panel" --value 3',
    "add values": "polyvocal add sample.polyvocal values people.csv --of person --unknown make",
    "add addition": 'polyvocal add sample.polyvocal addition --source note --words "She rang me a week later." '
    '--observer "Maren Holt" --dated 2024-06-03',
    "add moment": 'polyvocal add sample.polyvocal moment "Nessa stands up" --session "Opening plenary" --from 11:35 '
    '--to 11:50 --quote "First day, Jonah" "Heard every word, first thing all morning"',
    "add anchor": 'polyvocal add sample.polyvocal anchor --moment "Nessa stands up" '
    '--quote "Tuesday, Gwil" "After the next bell a night girl stood up"',
    "add divergence": 'polyvocal add sample.polyvocal divergence "Who wrote it up" --kind attention '
    '--moment "Nessa stands up" --quote "First day, Maren" "She writes the whole of it" '
    '--quote "Tuesday, Gwil" "and I thought GOOD" --explanation vantage --because "He lost a lot."',
    "add divergence-passage": 'polyvocal add sample.polyvocal divergence-passage --divergence "Who wrote it up" '
    '--quote "My two days, Delphine" "Ada wrote it on the flip chart"',
    "add counter-example": 'polyvocal add sample.polyvocal counter-example --comparison "Where objections are made" '
    '--coding CODING --why "Nobody objected."',
    "extend": "polyvocal extend sample.polyvocal coding CODING --end 1 --by sentence",
    "duplicate": 'polyvocal duplicate sample.polyvocal coding CODING --code "Polite assent"',
    "split": "polyvocal split sample.polyvocal coding CODING --at 7",
    "merge": "polyvocal merge sample.polyvocal coding CODING OTHER",
    "recode": "polyvocal recode sample.polyvocal coding CODING --code Withholding",
    "add": 'polyvocal add sample.polyvocal code "leaving early"',
    "change": 'polyvocal change sample.polyvocal code "leaving early" --set "use_when=Somebody goes before the end."',
    "move": 'polyvocal move sample.polyvocal code "leaving early" --below "keeping quiet"',
    "split code": 'polyvocal split sample.polyvocal code "Means of protest and resolution" '
    '--name "protest on the way home" --phase after --reason "It is told to other people."',
    "merge code": 'polyvocal merge sample.polyvocal code "protest on the way home" '
    '--into "Means of protest and resolution"',
    "correct": 'polyvocal correct sample.polyvocal note --start 0 --end 6 --words "No one" --by "Maren Holt" '
    '--reason "A better word"',
    "remove": 'polyvocal remove sample.polyvocal code "leaving early"',
    "undo": "polyvocal undo sample.polyvocal",
    "redo": "polyvocal redo sample.polyvocal",
    "info": "polyvocal info sample.polyvocal",
    "list": "polyvocal list sample.polyvocal codings --phase after",
    "show": "polyvocal show sample.polyvocal source note",
    "compare": "polyvocal compare sample.polyvocal --rows code --columns observer --phase during",
    "score": 'polyvocal score sample.polyvocal "Learning community event 1" --code "Polite assent"',
    "search": "polyvocal search sample.polyvocal lunch",
    "history": "polyvocal history sample.polyvocal --limit 5",
    "check": "polyvocal check sample.polyvocal",
    "export": "polyvocal export sample.polyvocal codebook codebook.docx",
    "backup": "polyvocal backup sample.polyvocal copy.polyvocal",
    "tour": "polyvocal tour tour",
}

MORE: dict[str, tuple[str, ...]] = {
    "compare": (
        "polyvocal compare sample.polyvocal --rows code --columns participant --measure share-of-row --fold",
        "polyvocal compare sample.polyvocal --who-codes-whom",
        "polyvocal compare sample.polyvocal --only-here observer --phase before",
        "polyvocal compare sample.polyvocal --co-occurrence paragraphs:1 --same-coder --fold",
        'polyvocal compare sample.polyvocal --contest "Whose time is paid"',
    )
}
"""What else a command can do, as further examples."""

OF_KINDS = ("add", "merge", "split")
"""The commands that take other words for each kind of thing."""


def epilog(command: str) -> str:
    """The example of a command, as its help shows it."""
    example = EXAMPLES.get(command) or EXAMPLES[command.split(maxsplit=1)[0]]
    kinds = f"\n\nEvery KIND has an example of its own: polyvocal {command} PROJECT coding --help"
    more = "".join(f"\n  {one}" for one in MORE.get(command, ()))
    return f"example:\n  {example}{more}{kinds if command in OF_KINDS else ''}"
