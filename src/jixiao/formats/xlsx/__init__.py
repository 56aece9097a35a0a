"""Excel workbooks (xlsx); see docs/formats/xlsx.md."""
