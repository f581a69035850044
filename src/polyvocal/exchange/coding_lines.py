"""Codings by the thousand, as lines of JSON that another program wrote."""

from collections.abc import Iterable, Iterator

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from polyvocal.domain.errors import UserError
from polyvocal.services.commands.codings import CodingDraft
from polyvocal.services.references import kind_named, resolve
from polyvocal.store.view import View


class CodingLine(BaseModel):
    """One line: the source, code and coder by id or name, the passage in half-open code points."""

    model_config = ConfigDict(extra="ignore", strict=True)

    source: str
    start: int = Field(ge=0)
    end: int
    code: str
    coder: str


def read_coding_lines(lines: Iterable[str], view: View) -> Iterator[CodingDraft]:
    """The codings of JSON lines such as {"source": "...", "start": 0, "end": 10, "code": "...", "coder": "..."}.

    Further keys are passed over, so what `list codings --json` names can be used again. Raises UserError, naming the
    line, for one that is not such an object and for a name that nothing bears.
    """
    known: dict[tuple[str, str], int] = {}

    def identity(kind: str, reference: str) -> int:
        if (kind, reference) not in known:
            known[kind, reference] = resolve(view, kind_named(kind), reference).id
        return known[kind, reference]

    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            one = CodingLine.model_validate_json(line)
        except ValidationError as fault:
            first = fault.errors(include_input=False, include_url=False)[0]
            where = ".".join(map(str, first["loc"])) or "the line"
            raise UserError(
                f"line {number:,}: {where}: {first['msg']}. A line is written as "
                '{"source": "...", "start": 0, "end": 10, "code": "...", "coder": "..."}. Nothing was added.'
            ) from None
        try:
            yield CodingDraft(
                source=identity("source", one.source),  # type: ignore[arg-type]
                start=one.start,
                end=one.end,
                code=identity("code", one.code),  # type: ignore[arg-type]
                coder=identity("coder", one.coder),  # type: ignore[arg-type]
            )
        except UserError as fault:
            raise UserError(f"line {number:,}: {fault} Nothing was added.") from None
