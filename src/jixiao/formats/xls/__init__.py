"""Old Excel workbooks (xls) and WPS tables (et)."""
