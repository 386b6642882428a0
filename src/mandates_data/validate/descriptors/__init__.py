"""The descriptor and its schemas, against every rule of the standard's text: `descriptor` is the way in."""
