"""Opening files that nobody vouches for: size budget, kinds of files, no links, no pickles."""
