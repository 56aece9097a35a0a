"""One module a noun: functions that take a request and show a page or a part of one."""
