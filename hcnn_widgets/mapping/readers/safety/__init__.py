"""Safe opening of untrusted files: size budget, kinds of files, no links, no pickles."""
