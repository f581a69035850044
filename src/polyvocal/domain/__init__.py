"""The words of the field as frozen types, and pure rules on them: no Qt, no SQL, no files."""
