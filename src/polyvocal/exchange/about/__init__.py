"""Who, when and where: what a file itself says of its observer, its event and its times, and how far that is trusted.

Each reader of this room finds `Claim`s (a key and words, with where they stood); `settling` makes values of them, or
doubts; `account` does all of it for one file.
"""
