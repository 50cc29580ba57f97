"""${{ values.name }}, an HTTP service."""
