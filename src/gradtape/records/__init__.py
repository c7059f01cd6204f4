"""Files of records, the examples in them, and the checksums and messages of both."""
