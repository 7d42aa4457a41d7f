"""The numbers of a report as a CSV file, as JSON and as plain text: the same ones, and no name and no promise."""

import csv
import io
import json

from bot.reports.model import Report
from bot.slack_kit.mrkdwn import unmarked

COLUMNS = ("section", "figure", "value", "n", "unit")
_BEGINS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def as_csv(report: Report) -> str:
    """One line a figure, as it is shown in the message. A spreadsheet takes no cell for a formula."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for one in report.sections:
        for figure in one.figures:
            n = "" if figure.n is None else str(figure.n)
            writer.writerow([one.name, _cell(figure.name), figure.shown, n, _cell(figure.unit)])
    return out.getvalue()


def as_json(report: Report) -> str:
    """One object: the title, and each section with its figures."""
    sections = {
        one.name: {figure.name: {"value": figure.shown, "n": figure.n, "unit": figure.unit} for figure in one.figures}
        for one in report.sections
        if one.figures
    }
    return json.dumps({"title": unmarked(report.title), "sections": sections}, ensure_ascii=False)


def as_text(report: Report) -> str:
    """The report for a terminal."""
    parts = [unmarked(report.title)]
    for one in report.sections:
        items = [f"· {item.what}, {item.told}" for item in one.items]
        parts.append("\n".join([one.title, *(f"  {unmarked(line)}" for line in one.lines), *(f"  {i}" for i in items)]))
    return "\n\n".join(parts)


def file_name(report: Report) -> str:
    """ "report-2026-W47.csv"."""
    return f"report-{(report.key or 'organisation').replace('/', '-to-')}.csv"


def _cell(words: str) -> str:
    return f"'{words}" if words.startswith(_BEGINS_A_FORMULA) else words
