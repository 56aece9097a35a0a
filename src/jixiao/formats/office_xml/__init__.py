"""Office files that are one XML file: the workbooks and documents of Office 2003, and documents saved flat."""
