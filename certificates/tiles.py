"""What a learner's desk shows of internship and standing."""


def register_tiles() -> None: ...
