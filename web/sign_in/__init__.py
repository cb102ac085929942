"""Who somebody is: accounts, second factors, sessions."""
