"""What people send about a KIM: the application, the desk's forms, a letter to the KIM."""
