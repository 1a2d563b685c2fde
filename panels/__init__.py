"""What is seen. The view of an address → panels; every word of theirs is in labels/, every picture in figures/."""
