"""Work beside the page: on threads, and on the event loop where there are none, as in a browser."""
