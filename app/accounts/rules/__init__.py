"""What an account may do, and what keeps it its owner's: passwords, codes, sessions, second factors, ages."""
