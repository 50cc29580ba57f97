${{ values.question | dump }}

ROUTES = [
{%- for route in values.routes %}
    "${{ route }}",
{%- endfor %}
]


def wanted(voyage: dict) -> bool:
    """An empty list means every route."""
    return not ROUTES or voyage["route"] in ROUTES


def run(voyages: list[dict]) -> dict[str, int]:
    table: dict[str, int] = {}
    for voyage in filter(wanted, voyages):
        table[voyage["route"]] = table.get(voyage["route"], 0) + voyage["passengers"]
    return table
