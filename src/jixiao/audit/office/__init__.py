"""What an office makes of findings: its ledger, baseline, remarks and severities."""
