"""Old Word documents (doc) and WPS texts (wps)."""
