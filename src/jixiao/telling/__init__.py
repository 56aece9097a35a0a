"""What users are told, on the terminal and on the web alike: names of fields and places, verdicts, lists, drawn papers.

Words and parts only: nothing here reads or writes a file, asks a terminal, or knows a browser's request.
"""
