class Refusal(Exception):
    """A domain function's "no". `sentence` is German, shown as it is, and says what to do."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence
