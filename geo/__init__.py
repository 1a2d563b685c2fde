"""What is known about places; nothing of articles.

``curated/`` holds the rows that people edit, ``data/`` what ``build`` writes. ``places`` reads the one,
``boundaries`` the other; nothing here imports any other part of the project.
"""
