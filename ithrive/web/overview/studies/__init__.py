"""Studies on the website: where protocols meet the figures, rounds, pulses and evidence of areas."""
