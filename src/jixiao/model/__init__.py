"""What things are: figures, targets, self-evaluations, scores, findings. Frozen values; no input or output."""
