"""Curated rows → every fault in them, each with file, line and what to do; none is a sound gazetteer.

Runs at every load: the rows are small, and a fault found late has coloured a map by then.
``units`` looks at places.csv, ``spellings`` at names.csv and press.csv, ``facts`` at changes, disputed
lists and areas, ``lists`` at what governorates are known to have.
"""

from geo.expected import Expected
from geo.faults.facts import area_faults, change_faults, disputed_faults
from geo.faults.lists import known_faults
from geo.faults.spellings import clash_faults, name_faults, press_faults
from geo.faults.units import count_faults, place_faults
from geo.rows import COLUMNS, Tables


def find_faults(tables: Tables, expected: Expected) -> list[str]:
    """Tables, what they must amount to → all faults, those of form first, then by file.

    Where a whole file cannot be read, only that is said: every other row would seem to miss something.
    """
    if tables.rows.keys() != COLUMNS.keys():
        return list(tables.faults)
    places = {row["id"]: row for row in tables["places.csv"]}
    names = tables["names.csv"]
    return [
        *tables.faults,
        *place_faults(tables["places.csv"], places),
        *count_faults(tables["places.csv"], expected),
        *name_faults(names, places),
        *clash_faults(names, places),
        *change_faults(tables["changes.csv"], places),
        *disputed_faults(tables["disputed.csv"], places, expected),
        *area_faults(tables["areas.csv"], places),
        *press_faults(tables["press.csv"], names),
        *known_faults(tables["known.csv"], places),
    ]
