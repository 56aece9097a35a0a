"""Lists brought in from a workbook: what each holds, and how a row of it is done; all of it or nothing."""
