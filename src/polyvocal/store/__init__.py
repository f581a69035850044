"""The only room with SQL: the project file, its journal, its history and its indexes."""
