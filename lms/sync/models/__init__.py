from lms.sync.models.entries import Device, Entry

__all__ = ["Device", "Entry"]
