"""Word documents (docx); see docs/formats/docx.md."""
