"""What people type about returns."""
