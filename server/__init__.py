"""The guarded way to start the dashboard: `python -m server`."""
