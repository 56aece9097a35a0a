"""XD 表与报告之间: the papers of one filing against each other."""
