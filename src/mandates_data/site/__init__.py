"""The static pages: a package's mandates, to be read and narrowed down in a browser, without a server."""
