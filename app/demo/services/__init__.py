"""The demo, made through the same services as a real site, at the instants it says things happened."""

from app.demo.services.load import load

__all__ = ["load"]
