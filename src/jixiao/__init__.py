"""jixiao reads performance self-evaluations (绩效自评), rescores them under their rule-book and says what is wrong."""

__version__ = "0.1.0"
