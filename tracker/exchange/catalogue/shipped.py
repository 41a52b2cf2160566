"""The catalogues that ship with the program, as folders of CSV files under ``data``."""

from importlib.resources import as_file, files

from tracker.exchange.catalogue.placeholders import fill_placeholders
from tracker.exchange.reading.csv_file import named_rows


def list_catalogues() -> list[str]:
    """Return the names of the catalogues that ship with the program."""
    return sorted(
        item.name
        for item in files("data").iterdir()
        if item.is_dir() and (item / "opds.csv").is_file()
    )


def catalogue_rows(
    name: str,
    file: str,
    *,
    city: str,
    portal: str,
) -> list[dict[str, str]]:
    """Return the rows of one file of a catalogue that ships, filled in for a city."""
    with as_file(files("data") / name) as folder:
        rows = [row for _, row in named_rows(folder / f"{file}.csv")[1]]
    return [
        {
            column: fill_placeholders(value, city, portal)
            for column, value in row.items()
        }
        for row in rows
    ]
