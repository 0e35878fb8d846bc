"""How a tool says that it does not take a file."""

from lms.kit.words import Sentence


class UnfitFile(Exception):
    """The file is not what it should be. `sentence` says what is wrong and what to do, for any language."""

    def __init__(self, sentence: Sentence) -> None:
        super().__init__(sentence.template)
        self.sentence = sentence
