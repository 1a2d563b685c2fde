"""What is seen. The view of an address → panels; every word is in labels/, every picture in figures/."""
