"""Slack's limits as data: every block and view the coach may draw, its fields and their bounds.

Source: docs.slack.dev/reference/block-kit/blocks and /views, read November 2026. To draw a new one, add its line.
"""

from collections.abc import Iterable, Mapping

from bot.slack_kit.element_shapes import (
    ELEMENTS,
    ID,
    IDENTIFIER,
    MULTI,
    PICKERS,
    PICTURE,
    PRESSED,
    Fields,
    any_of,
    text,
)
from bot.slack_kit.rules import (
    Anything,
    Choice,
    Flag,
    Further,
    Listed,
    Number,
    Problems,
    Shape,
    Typed,
    Words,
    items,
    objects,
)

BLOCKS_IN_A_MESSAGE, BLOCKS_IN_A_VIEW = 50, 100
SECTION_TEXT, FIELD_TEXT, HEADER_TEXT, CONTEXT_TEXT, MARKDOWN = 3000, 2000, 150, 3000, 12_000
FIELDS, CONTEXT_ELEMENTS, ACTIONS, CONTEXT_ACTIONS = 10, 10, 25, 5
VIEW_TITLE, PRIVATE_METADATA, LABEL, CELL = 24, 3000, 2000, 3000
CHART_TITLE, AXIS_TEXT, POINT_LABEL, POINTS, SERIES = 50, 50, 20, 20, 6


def _rows_alike(table: Mapping[str, object], at: str) -> Problems:
    if len({len(items(row)) for row in items(table.get("rows"))}) > 1:
        yield f"{at}/rows: every row must have the same number of cells."


def _header_row_first(table: Mapping[str, object], at: str) -> Problems:
    yield from _rows_alike(table, at)
    if any(cell.get("type") == "rich_text" for row in items(table.get("rows"))[:1] for cell in objects(row)):
        yield f"{at}/rows/0: the first row is the header and takes no rich_text."


def _labels_are_the_categories(chart: Mapping[str, object], at: str) -> Problems:
    axis = chart.get("axis_config")
    categories = list(items(axis.get("categories"))) if isinstance(axis, Mapping) else []
    for place, series in enumerate(objects(chart.get("series"))):
        if [point.get("label") for point in objects(series.get("data"))] != categories:
            yield f"{at}/series/{place}/data: its labels must be the categories, in their order."


def _greater_than_nothing(piece: Mapping[str, object], at: str) -> Problems:
    if isinstance(value := piece.get("value"), int | float) and value <= 0:
        yield f"{at}/value: must be greater than 0."


def _block(
    fields: Fields, needs: Iterable[str] = (), *, some_of: tuple[str, ...] = (), further: Further | None = None
) -> Shape:
    return Shape({"block_id": ID, **fields}, needs=tuple(needs), some_of=some_of, further=further)


_RICH_TEXT = _block({"elements": Listed(Anything(), 1000)}, ["elements"])
_CELL = Typed(
    "table cell",
    {
        "raw_text": Shape({"text": Words(CELL)}, needs=("text",)),
        "raw_number": Shape({"value": Number(whole=False), "text": Words(CELL)}, needs=("value",)),
        "rich_text": _RICH_TEXT,
    },
)
_COLUMN = Shape({"align": Choice(("left", "center", "right")), "is_wrapped": Flag()}, or_null=True)
_POINT = Shape({"label": Words(POINT_LABEL), "value": Number(whole=False)}, needs=("label", "value"))
_SLICE = Shape(
    {"label": Words(POINT_LABEL), "value": Number(whole=False)}, needs=("label", "value"), further=_greater_than_nothing
)
_SERIES = Shape({"name": Words(POINT_LABEL), "data": Listed(_POINT, POINTS)}, needs=("name", "data"))
_AXIS = Shape(
    {"categories": Listed(Words(POINT_LABEL), POINTS), "x_label": Words(AXIS_TEXT), "y_label": Words(AXIS_TEXT)},
    needs=("categories",),
)
_PLOT = Shape(
    {"series": Listed(_SERIES, SERIES), "axis_config": _AXIS},
    needs=("series", "axis_config"),
    further=_labels_are_the_categories,
)
_CHART = Typed(
    "chart",
    {
        "pie": Shape({"segments": Listed(_SLICE, SERIES)}, needs=("segments",)),
        "bar": _PLOT,
        "line": _PLOT,
        "area": _PLOT,
    },
)

BLOCKS: Mapping[str, Shape] = {
    "section": _block(
        {
            "text": text(SECTION_TEXT),
            "fields": Listed(text(FIELD_TEXT), FIELDS),
            "accessory": any_of("a section", (*PICKERS, *PRESSED, *MULTI, "image")),
            "expand": Flag(),
        },
        some_of=("text", "fields"),
    ),
    "header": _block({"text": text(HEADER_TEXT, plain=True)}, ["text"]),
    "divider": _block({}),
    "image": Shape(
        {"block_id": ID, **PICTURE, "title": text(2000, plain=True)},
        needs=("alt_text",),
        one_of=("image_url", "slack_file"),
    ),
    "context": _block(
        {
            "elements": Listed(
                Typed("element of a context", {**text(CONTEXT_TEXT).shapes, "image": ELEMENTS["image"]}),
                CONTEXT_ELEMENTS,
            )
        },
        ["elements"],
    ),
    "actions": _block({"elements": Listed(any_of("actions", (*PICKERS, *PRESSED)), ACTIONS)}, ["elements"]),
    "input": _block(
        {
            "label": text(LABEL, plain=True),
            "hint": text(LABEL, plain=True),
            "optional": Flag(),
            "dispatch_action": Flag(),
            "element": any_of("an input", (*PICKERS, *MULTI, "radio_buttons", "checkboxes", "plain_text_input")),
        },
        ["label", "element"],
    ),
    "rich_text": _RICH_TEXT,
    "markdown": _block({"text": Words(MARKDOWN)}, ["text"]),
    "context_actions": _block(
        {"elements": Listed(any_of("context actions", ("feedback_buttons", "icon_button")), CONTEXT_ACTIONS)},
        ["elements"],
    ),
    "table": _block({"rows": Listed(Listed(_CELL, 20), 100), "column_settings": Listed(_COLUMN, 20)}, ["rows"]),
    "data_table": _block(
        {
            "rows": Listed(Listed(_CELL, 20), 201, least=2),
            "caption": Words(CELL),
            "page_size": Number(1, 100),
            "row_header_column_index": Number(0, 19),
        },
        ["rows", "caption"],
        further=_header_row_first,
    ),
    "data_visualization": _block({"title": Words(CHART_TITLE), "chart": _CHART}, ["title", "chart"]),
}

_IN_MESSAGES_ONLY = ("markdown", "context_actions", "table", "data_table", "data_visualization")
IN_MESSAGES = Typed("block of a message", BLOCKS)
IN_VIEWS = Typed(
    "block of a modal or Home tab", {name: shape for name, shape in BLOCKS.items() if name not in _IN_MESSAGES_ONLY}
)

_VIEW: Fields = {
    "blocks": Listed(IN_VIEWS, BLOCKS_IN_A_VIEW),
    "private_metadata": Words(PRIVATE_METADATA, least=0),
    "callback_id": Words(IDENTIFIER, least=0),
    "external_id": Words(IDENTIFIER, least=0),
}
VIEWS = Typed(
    "view",
    {
        "home": Shape(_VIEW, needs=("blocks",)),
        "modal": Shape(
            {
                **_VIEW,
                "title": text(VIEW_TITLE, plain=True),
                "submit": text(VIEW_TITLE, plain=True),
                "close": text(VIEW_TITLE, plain=True),
                "clear_on_close": Flag(),
                "notify_on_close": Flag(),
                "submit_disabled": Flag(),
            },
            needs=("blocks", "title"),
        ),
    },
)
