"""DV 偏差原因与改进措施: why a target was missed, and what is going to be done."""
