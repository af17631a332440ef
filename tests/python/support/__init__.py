"""What tests share: the project's compiled SQL, run on tables made by hand."""
