"""The four ways in which jixiao stops; what is merely wrong with a paper is a Finding, never one of these."""


class JixiaoError(Exception):
    """Anything that keeps jixiao from going on; its text is one Chinese sentence fit for the user."""


class UnreadableError(JixiaoError):
    """A file that can't be read: the sentence names the file, the reason and the remedy."""


class SchemeError(JixiaoError):
    """A rule-book that can't be used: the sentence names the file, the key and what was expected."""


class UnknownNameError(JixiaoError):
    """A name (rule-book, rule, format, paper) that jixiao doesn't have: the sentence lists what there is."""


class TransitionError(JixiaoError):
    """A step of the workflow that isn't open from the present state, or not to this person."""
