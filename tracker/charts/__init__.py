"""Drawings: rows in, a Plotly figure as a plain dict or places on a scale out; no request, no database."""
