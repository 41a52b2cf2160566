"""How the table of collected weeks is laid out in its file."""

COUNT_NAMES = (
    "conventional",
    "online",
    "integrated",
    "joined",
    "left_points",
    "forward",
    "backward",
)
COUNTS = ", ".join(COUNT_NAMES)
_COUNT_COLUMNS = ", ".join(f"{name} integer" for name in COUNT_NAMES)
LAYOUT = (
    "create table city (id integer primary key, name text, illustrative integer)",
    "create table city_name (register text, key text, city integer, "
    "primary key (register, key)) without rowid",
    "create table week (city integer, week text, as_of text, final integer, "
    f"recorded_at text, opds integer, {_COUNT_COLUMNS}, primary key (city, week)) without rowid",
    "create table opd (city integer, week text, code text, name text, kind text, "
    f"{_COUNT_COLUMNS}, primary key (city, week, code)) without rowid",
    "create index week_of_all on week (week, city)",
)
"""What makes the tables of an empty file."""
