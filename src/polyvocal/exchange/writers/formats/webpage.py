"""One self-contained page of HTML, for the screen (light or dark) and for paper."""

from html import escape

from polyvocal.exchange.writers.formats.characters import legal, one_line

_STYLE = """
:root { color-scheme: light dark; --ink: #1f2328; --faint: #59636e; --rule: #d1d9e0; --paper: #fff; --tint: #f6f8fa; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #e6edf3; --faint: #9aa4af; --rule: #3d444d; --paper: #14181d; --tint: #1d2229; }
}
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 50rem; padding: 2.5rem 1.25rem 5rem; background: var(--paper); color: var(--ink);
  font: 1rem/1.55 Calibri, Carlito, "Segoe UI", "Noto Sans", sans-serif; overflow-wrap: anywhere; }
body.wide { max-width: none; }
h1, h2, h3, h4, h5, h6 { line-height: 1.25; margin: 2em 0 .3em; break-after: avoid; }
h1 { font-size: 2rem; margin-top: 0; }
h2 { font-size: 1.45rem; padding-top: .8em; border-top: 1px solid var(--rule); }
h3 { font-size: 1.2rem; } h4, h5, h6 { font-size: 1.05rem; }
.faint { color: var(--faint); font-size: .875rem; }
.words { white-space: pre-line; }
.swatch { display: inline-block; width: .8em; height: .8em; margin-inline-end: .45em; border-radius: 2px;
  border: 1px solid var(--faint); print-color-adjust: exact; -webkit-print-color-adjust: exact; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .3em 1.2em; margin: .7em 0; }
dt { color: var(--faint); } dd { margin: 0; }
blockquote { margin: .8em 0; padding-inline-start: 1em;
  border-inline-start: 3px solid var(--rule); break-inside: avoid; }
blockquote p { margin: 0; }
nav ol { list-style: none; margin: 0; padding-inline-start: 1.2em; } nav > ol { padding: 0; }
a { color: inherit; text-decoration-color: var(--rule); text-underline-offset: .2em; }
table { border-collapse: collapse; margin: .8em 0; font-size: .9rem; }
th, td { padding: .25em .7em; text-align: start; vertical-align: top; border-bottom: 1px solid var(--rule); }
thead th { border-bottom: 2px solid var(--faint); background: var(--tint); }
tr { break-inside: avoid; } thead { display: table-header-group; }
td.number, th.number { text-align: end; font-variant-numeric: tabular-nums; }
td.state { color: var(--faint); }
tbody.about td, tbody.about th { background: var(--tint); font-weight: normal; }
caption { caption-side: bottom; text-align: start; padding-top: .8em; color: var(--faint); max-width: 60rem; }
.scroll { overflow-x: auto; }
.side { display: flex; flex-wrap: wrap; gap: 0 2.5rem; }
@media print {
  :root { --ink: #000; --faint: #444; --rule: #bbb; --paper: #fff; --tint: #f4f4f4; }
  body { max-width: none; padding: 0; font-size: 10.5pt; } a { text-decoration: none; } .scroll { overflow: visible; }
  @page { margin: 2cm; }
}
"""


def page(title: str, body: str, *, classes: str = "") -> str:
    """The whole page. `body` is HTML; the title is text."""
    return (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
        '<meta name="generator" content="Polyvocal">\n'
        f"<title>{name(title)}</title>\n<style>{_STYLE}</style>\n</head>\n"
        f'<body class="{classes}">\n{body}</body>\n</html>\n'
    )


def name(text: str) -> str:
    """A name, escaped, on one line."""
    return escape(one_line(text))


def words(text: str, tag: str = "p") -> str:
    """A text of several lines in an element of its own, its direction taken from its letters."""
    return f'<{tag} class="words" dir="auto">{escape(legal(text).strip())}</{tag}>'
