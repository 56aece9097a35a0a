"""The findings that audit.sql keeps as bits, and what each bit stands for."""

from jixiao.batch.codes import COLUMNS
from jixiao.batch.tables import Row

# What audit.sql says of tables and rows beside verdicts, each finding with its severity; a name begins with its rule.
FAULTS = {
    name: severity
    for severity, listed in (
        ("error", ("ar01_error", "ar03_error", "ar04_error", "ar06_error", "fd10_error",
                   *(f"fd01_error_{column}" for column in COLUMNS))),
        ("warning", ("ar01_warning", "ar04_warning", "ar06_warning", "fd03_warning", "fd04_warning", "fd05_warning",
                     "is01_output", "is01_benefit", "is01_cost", "is01_satisfaction", "is14_warning", "sc07_warning",
                     "sc08_warning", "sc13_warning", "tv08_warning",
                     *(f"fd01_warning_{column}" for column in COLUMNS))),
        ("note", ("fd03_note", "fd09_note", "is01_cost_note", "is01_satisfaction_note", "is14_note", "sc05_note",
                  "sc07_note", "tv08_note")),
    )
    for name in listed
}  # fmt: skip


def faults() -> list[Row]:
    """Return the table `faults`: the code and severity that each bit stands for in `marks`."""
    return [
        {"mark": 1 << n, "code": fault[:4].upper(), "severity": severity}
        for n, (fault, severity) in enumerate(FAULTS.items())
    ]
