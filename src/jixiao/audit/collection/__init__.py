"""CL 全部自评之间: the filings of a unit or a county side by side."""
