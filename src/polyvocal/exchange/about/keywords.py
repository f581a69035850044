"""The words by which files say what is what, in one place: labels at the head, and the values of fixed vocabularies.

English, German, French, Spanish, Dutch, Portuguese, Italian. They are compared folded (without regard to case, dots,
slashes, hyphens and underscores), so that each stands here once, in small letters.
"""

import re
from enum import StrEnum
from typing import TypeVar

from polyvocal.domain.words import Phase, SourceKind, Standing
from polyvocal.exchange.about.found import Key
from polyvocal.services.references import folded

Word = TypeVar("Word", bound=StrEnum)

_LABELS: dict[Key, str] = {
    Key.TITLE: "title, titel, titre, título, titolo",
    Key.KIND: "kind, kind of text, type, art, textart, genre, tipo, soort",
    Key.OBSERVER: "observer, observers, observed by, written by, author, authors, noted by, notes by, fieldnotes by, "
    "field notes by, fieldworker, name of observer, beobachter, beobachterin, beobachtet von, verfasst von, verfasser, "
    "verfasserin, autor, autorin, observateur, observatrice, auteur, autrice, rédigé par, écrit par, observador, "
    "observadora, escrito por, autora, waarnemer, observator, geschreven door, redigido por, osservatore, "
    "osservatrice, autore, autrice, scritto da",
    Key.STANDING: "standing, role, writes as, capacity, rolle, rôle, rol, papel, ruolo",
    Key.POSITION: "position, where, where i was, where i sat, vantage, table, seat, place, location, ort, platz, wo, "
    "tisch, où, lieu, dónde, lugar, mesa, waar, plaats, tafel, onde, dove, luogo, tavolo, posto, posición, posição, "
    "posizione, positie",
    Key.EVENT: "event, meeting, gathering, veranstaltung, treffen, événement, réunion, evento, reunión, evenement, "
    "bijeenkomst, reunião, riunione",
    Key.SESSION: "session, sitzung, séance, sesión, sessie, sessão, sessione",
    Key.PHASE: "phase, before during or after, fase",
    Key.DATE: "date, date of observation, when, date and time, date time, datetime, datum, wann, datum und uhrzeit, "
    "quand, date et heure, fecha, cuándo, fecha y hora, wanneer, datum en tijd, data, quando, data e hora, data e ora",
    Key.TIME: "time, times, hours, uhrzeit, zeit, heure, heures, horaire, hora, horas, horario, horário, tijd, ora, "
    "orario",
    Key.OBSERVED_FROM: "observed from, from, start, started, start time, von, beginn, début, desde, inicio, van, "
    "begin, início, inizio, dalle",
    Key.OBSERVED_TO: "observed to, observed until, to, until, end, ended, end time, bis, ende, fin, hasta, tot, einde, "
    "até, fim, fine, alle",
    Key.WRITTEN_AT: "written, written at, written on, written up on, date written, verfasst, verfasst am, geschrieben, "
    "geschrieben am, rédigé, rédigé le, écrit, écrit le, escrito, escrito el, geschreven, geschreven op, escrito em, "
    "scritto, scritto il",
    Key.NOTE: "jottings of, jottings for, written up as, written up in",
    Key.PRESENT: "present, who was present, people present, groups present, others present, participants, attendees, "
    "attending, in attendance, anwesend, anwesende, teilnehmende, présents, présentes, presentes, asistentes, "
    "participantes, aanwezig, aanwezigen, deelnemers, presenti, partecipanti",
}

_STANDINGS: dict[Standing, str] = {
    Standing.ETHNOGRAPHER: "ethnographer, ethnograph, ethnographin, ethnographe, etnógrafo, etnógrafa, etnograaf, "
    "etnografo, etnografa",
    Standing.RESEARCH_TEAM: "research team, member of the research team, forschungsteam, équipe de recherche, "
    "equipo de investigación, onderzoeksteam, equipa de investigação, equipe de pesquisa, gruppo di ricerca",
    Standing.LAY_PANEL: "lay panel, lay member, lay panel member, member of the lay panel, laienpanel, panel citoyen, "
    "panel ciudadano, burgerpanel, painel leigo, panel di cittadini",
    Standing.OTHER: "other, andere, autre, otro, otra, anders, outro, outra, altro, altra",
}

_PHASES: dict[Phase, str] = {
    Phase.BEFORE: "before, before the event, vor, vorher, davor, avant, antes, voor, vooraf, prima",
    Phase.DURING: "during, during the event, während, pendant, durante, tijdens",
    Phase.AFTER: "after, after the event, nach, nachher, danach, après, después, na, nadien, depois, dopo",
}

_KINDS: dict[SourceKind, str] = {
    SourceKind.FIELDNOTE: "fieldnote, fieldnotes, field note, field notes, note, notes, feldnotiz, feldnotizen, "
    "note de terrain, notes de terrain, nota de campo, notas de campo, veldnotitie, veldnotities, nota di campo, "
    "note di campo",
    SourceKind.JOTTINGS: "jottings, scratch notes, kritzelnotizen, apuntes, krabbels, appunti",
    SourceKind.TRANSCRIPT: "transcript, interview, interview transcript, debrief, transkript, transcription, "
    "transcripción, transcriptie, transcrição, trascrizione",
    SourceKind.PAPER: "paper, meeting paper, minutes, agenda, protokoll, compte rendu, acta, notulen, ata, verbale",
    SourceKind.CORRESPONDENCE: "correspondence, email, e mail, mail, letter, letters, brief, korrespondenz, courriel, "
    "lettre, carta, correo, correspondentie, lettera",
}

_LOOSE = re.compile(r"[\s_.,·/-]+")


def plain(words: str) -> str:
    """Words as they are compared here."""
    return folded(_LOOSE.sub(" ", words).strip(" :*"))


def _turned(table: dict[Word, str]) -> dict[str, Word]:
    return {plain(word): meaning for meaning, words in table.items() for word in words.split(",")}


LABELS = _turned(_LABELS)
STANDINGS = _turned(_STANDINGS)
PHASES = _turned(_PHASES)
KINDS = _turned(_KINDS)
LONGEST_LABEL = max(map(len, LABELS))
"""In characters."""

_MONTHS = (
    "january jan januar janvier enero januari janeiro gennaio gen janv",
    "february feb februar février febrero februari fevereiro febbraio févr fev",
    "march mar märz mars marzo maart março mär mrt",
    "april apr avril abril aprile avr abr",
    "may mai mayo mei maio maggio mag",
    "june jun juni juin junio junho giugno giu",
    "july jul juli juillet julio julho luglio juil lug",
    "august aug août agosto augustus ago",
    "september sep sept septembre septiembre setembro settembre set",
    "october oct oktober octobre octubre outubro ottobre okt ott out",
    "november nov novembre noviembre novembro",
    "december dec dezember décembre diciembre dezembro dicembre dez déc dic",
)
MONTHS = {folded(name): number for number, names in enumerate(_MONTHS, 1) for name in names.split()}
_DAYS = (
    "monday mon montag mo lundi lunes maandag segunda lunedì",
    "tuesday tue tues dienstag di mardi martes dinsdag terça martedì",
    "wednesday wed mittwoch mi mercredi miércoles woensdag quarta mercoledì",
    "thursday thu thur thurs donnerstag do jeudi jueves donderdag quinta giovedì",
    "friday fri freitag fr vendredi viernes vrijdag sexta venerdì",
    "saturday sat samstag sonnabend sa samedi sábado zaterdag sabato",
    "sunday sun sonntag so dimanche domingo zondag domenica",
)
WEEKDAYS = {folded(name): number for number, names in enumerate(_DAYS) for name in names.split()}
"""0 is Monday, as in `datetime.date.weekday`."""
