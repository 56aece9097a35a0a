"""The http face for programs: the verbs of the command line and the filings of a year, with an OpenAPI document.

Every answer is that of `../contract.md` (docs/programs.md); a fault is `{"detail": sentence}`. A program shows its key
(`Authorization: Bearer …`) and acts as the person whose key it is, within the key's scope; a browser's session opens
nothing here, so that no other site can act through it.
"""

from jixiao.web.rest.site import programs

__all__ = ["programs"]
