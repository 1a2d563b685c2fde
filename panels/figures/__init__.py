"""Values → pictures and markup; pure, without streamlit."""
