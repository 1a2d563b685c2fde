"""What is measured: accuracy on annotated texts, speed against other libraries."""
