"""Questions made from the classroom's arithmetic: a file a subject, and the sheets that they are put together to."""
