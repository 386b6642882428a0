"""Any released version of a package, rebuilt by undoing release patches; a reference of any kind to a package."""
