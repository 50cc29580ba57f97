"""The planners' spreadsheet, row by row."""


def complain(row: int, message: str) -> str:
    """Politely, because planners answer the telephone."""
    return f"Row {row}: {message}. Could you have a look?"
